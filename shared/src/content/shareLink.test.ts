import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concat, toBase64Url } from '../base/bytes.ts';
import { infoHashOf } from '../base/ids.ts';
import { nobleCrypto } from '../platform/nobleCrypto.ts';
import { formatFragment, parseFragment, type ShareLink } from './shareLink.ts';

const away = { allowLocalTrackers: false };
const parse = (text: string, options = away) => parseFragment(nobleCrypto, text, options);
const format = (link: ShareLink) => formatFragment(nobleCrypto, link);

const infoHash = infoHashOf(new Uint8Array(20).fill(0xcd));
const secret = new Uint8Array(16).fill(0x42);
const link: ShareLink = { type: 'private', infoHash, secret, trackers: [] };
const code = format(link);

const bytes = (length: number) =>
  fc.uint8Array({ minLength: length, maxLength: length }).map((array) => new Uint8Array(array));
const trackers = fc.uniqueArray(
  fc
    .tuple(fc.domain(), fc.constantFrom('', ':8443', '/announce', '/a?b=c&d=%20'))
    .map(([host, rest]) => `wss://${host}${rest}`),
  { maxLength: 5 },
);
const links: fc.Arbitrary<ShareLink> = fc
  .tuple(bytes(20).map(infoHashOf), bytes(16), trackers, fc.boolean())
  .map(([infoHash, key, trackers, helper]) =>
    helper
      ? { type: 'helper', infoHash, membership: key, trackers }
      : { type: 'private', infoHash, secret: key, trackers },
  );

function withChecksum(body: Uint8Array): string {
  return toBase64Url(concat(body, nobleCrypto.sha256(body).slice(0, 2)));
}

describe('a link', () => {
  it('is read as it was written, as a fragment, with its #, as a URL, with space around', () => {
    fc.assert(
      fc.property(links, (link) => {
        const fragment = format(link);
        const expected = { type: 'link', link };
        for (const text of [
          fragment,
          `#${fragment}`,
          `https://shoal.example/#${fragment}`,
          ` \n#${fragment}\t`,
        ])
          expect(parse(text)).toEqual(expected);
      }),
    );
  });

  it('has 52 characters before its trackers', () => {
    expect(code).toHaveLength(52);
    expect(format({ ...link, trackers: ['wss://a.example/x?y=1&z'] })).toBe(
      `${code}&tr=wss%3A%2F%2Fa.example%2Fx%3Fy%3D1%26z`,
    );
  });

  it('refuses to be made of a key of another length', () => {
    expect(() => format({ ...link, secret: secret.slice(1) })).toThrow(RangeError);
  });
});

describe('a bad link', () => {
  it.each(['', '  ', '#', 'https://shoal.example/#'])('%j is empty', (text) => {
    expect(parse(text)).toEqual({ type: 'empty' });
  });

  it.each([
    'https://shoal.example/',
    `${code}=`,
    `${code}A`,
    `${code}.`,
    'hello world',
    `a b${code}`,
    `${code}\u200b`,
  ])('%j is malformed', (text) => {
    expect(parse(text)).toEqual({ type: 'malformed' });
  });

  it('cut anywhere is truncated, with how much came', () => {
    for (let received = 1; received < 52; received++)
      expect(parse(`#${code.slice(0, received)}`)).toEqual({ type: 'truncated', expected: 52, received });
  });

  it('with one character changed is mistyped', () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    for (let place = 0; place < 52; place++) {
      const other = alphabet[(alphabet.indexOf(code[place]!) + 1 + (place % 62)) % 64]!;
      const typed = code.slice(0, place) + other + code.slice(place + 1);
      expect(parse(typed)).toEqual({ type: 'mistyped' });
    }
  });

  it.each([0, 4, 255])('of the unknown kind %d is unsupported', (kind) => {
    const body = concat(Uint8Array.of(kind), new Uint8Array(36).fill(1));
    expect(parse(withChecksum(body))).toEqual({ type: 'unsupported', kind });
  });

  it('to an open share is unsupported so far, and may be cut or mistyped too', () => {
    const open = withChecksum(concat(Uint8Array.of(3), new Uint8Array(20).fill(1)));
    expect(parse(open)).toEqual({ type: 'unsupported', kind: 3 });
    expect(parse(open.slice(0, 30))).toEqual({ type: 'truncated', expected: 31, received: 30 });
    expect(parse(`${open.slice(0, 10)}zz${open.slice(12)}`)).toEqual({ type: 'mistyped' });
  });

  it('never throws', () => {
    const alphabet = fc.constantFrom(...Array.from('AQ_-09#&=tr%:/. wsé'));
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: alphabet, maxLength: 80 })),
        (text) => {
          expect(parse(text).type).not.toBe('link');
        },
      ),
      { numRuns: 300 },
    );
  });
});

describe('trackers of a link', () => {
  const trackersOf = (given: readonly string[], options = away) => {
    const result = parse(
      code + given.map((tracker) => `&tr=${encodeURIComponent(tracker)}`).join(''),
      options,
    );
    return result.type === 'link' ? result.link.trackers : result;
  };

  it.each([
    'http://a.example',
    'https://a.example',
    'ws://a.example',
    'ws://localhost:8080',
    'javascript:alert(1)',
    'wss://',
    'wss://user:password@a.example',
    'wss://a.example#x',
    'wss://a b.example',
    'wss://a.example/\u202E',
    'wss://a.example:70000',
    'wss://-a.example',
    'wss://a..example',
    `wss://a.example/${'x'.repeat(600)}`,
    '',
  ])('leave out %j', (tracker) => {
    expect(trackersOf([tracker, 'wss://good.example'])).toEqual(['wss://good.example']);
  });

  it('are as many as five, each once', () => {
    const six = Array.from({ length: 6 }, (_, place) => `wss://t${place}.example`);
    expect(trackersOf(['bad', ...six, ...six])).toEqual(six.slice(0, 5));
    expect(trackersOf(['wss://a.example', 'wss://a.example'])).toEqual(['wss://a.example']);
  });

  it('may do without encryption on this very machine, when the page is there too', () => {
    const local = { allowLocalTrackers: true };
    const given = [
      'ws://localhost:8080/x',
      'ws://127.0.0.1',
      'ws://localhost.example',
      'ws://192.168.0.1',
      'wss://[::1]:1/',
    ];
    expect(trackersOf(given, local)).toEqual(['ws://localhost:8080/x', 'ws://127.0.0.1', 'wss://[::1]:1/']);
  });

  it('are passed over when they cannot be decoded, as is anything else', () => {
    expect(parse(`${code}&tr=%E0%A4%A&x=y&&tr=wss%3A%2F%2Fa.example`)).toEqual({
      type: 'link',
      link: { ...link, trackers: ['wss://a.example'] },
    });
  });

  it('are matched in no time whatever the host', () => {
    expect(
      trackersOf([`wss://${'a'.repeat(500)}!`, `wss://${'a-'.repeat(240)}!`, `wss://${'a.'.repeat(240)}!`]),
    ).toEqual([]);
  });
});
