import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toBase64Url } from '../base/bytes.ts';
import { infoHashOf, peerIdOf } from '../base/ids.ts';
import { MAX_MEMBERS, MAX_SEALED } from './limit.ts';
import {
  parseAnnounce,
  parseAnnounceReply,
  parseGoodbye,
  parseHello,
  parseIceUpdate,
  parseScrape,
  parseScrapeReply,
  parseSignal,
} from './payload.ts';

const infoHash = infoHashOf(new Uint8Array(20).fill(1));
const peerId = peerIdOf(new Uint8Array(20).fill(2));
const token = new Uint8Array(32).fill(3);
const check = toBase64Url(new Uint8Array(32).fill(4));
const announce = {
  infoHash,
  peerId,
  token: toBase64Url(token),
  event: 'started',
  seeder: true,
  check,
  wanted: 5,
};
const announced = {
  type: 'announced',
  members: [{ peerId, check, seeder: true }],
  seeders: 1,
  leechers: 0,
  interval: 30_000,
};

describe('what is well-formed is taken', () => {
  test('announce, the token as bytes', () => {
    expect(parseAnnounce(announce)).toEqual({ type: 'parsed', value: { ...announce, token } });
    expect(parseAnnounce({ ...announce, check: '' }).type).toBe('parsed');
  });

  test('replies', () => {
    for (const reply of [announced, { type: 'id-taken' }, { type: 'refused', reason: 'full' }])
      expect(parseAnnounceReply(reply)).toEqual({ type: 'parsed', value: reply });
    const scraped = { type: 'scraped', swarms: [{ infoHash, seeders: 1, leechers: 2 }] };
    expect(parseScrapeReply(scraped)).toEqual({ type: 'parsed', value: scraped });
  });

  test('a signal, as Buffer or as ArrayBuffer', () => {
    const sealed = new Uint8Array([1, 2, 3]);
    for (const binary of [sealed.buffer, Buffer.from(sealed)])
      expect(parseSignal({ infoHash, from: peerId, to: peerId, sealed: binary })).toEqual({
        type: 'parsed',
        value: { infoHash, from: peerId, to: peerId, sealed },
      });
  });

  test('hello with and without TURN credentials', () => {
    const hello = {
      version: 1,
      ice: [
        { urls: ['stun:[::1]:3478'] },
        { urls: ['turn:a.example:3478?transport=tcp'], username: 'u', credential: 'c' },
      ],
    };
    expect(parseHello(hello)).toEqual({ type: 'parsed', value: hello });
    expect(parseIceUpdate({ ice: hello.ice })).toEqual({ type: 'parsed', value: { ice: hello.ice } });
  });
});

describe('what is not is named', () => {
  const wrong: [field: string, announce: unknown][] = [
    ['infoHash', { ...announce, infoHash: infoHash.slice(1) }],
    ['infoHash', { ...announce, infoHash: infoHash.toUpperCase().replace('0', 'A') }],
    ['peerId', { ...announce, peerId: 7 }],
    ['token', { ...announce, token: toBase64Url(new Uint8Array(31)) }],
    ['token', { ...announce, token: `${announce.token.slice(1)}+` }],
    ['event', { ...announce, event: '__proto__' }],
    ['seeder', { ...announce, seeder: 1 }],
    ['check', { ...announce, check: 'short' }],
    ['wanted', { ...announce, wanted: -1 }],
    ['wanted', { ...announce, wanted: 1.5 }],
    ['payload', null],
  ];
  test.each(wrong)('announce: %s', (field, payload) => {
    const parsed = parseAnnounce(payload);
    expect(parsed.type === 'malformed' && parsed.reason).toMatch(new RegExp(`^${field}: `));
  });

  test('a long list is refused before its items are looked at', () => {
    const members = Array.from({ length: MAX_MEMBERS + 1 }, () => ({
      get peerId() {
        throw new Error('looked at');
      },
    }));
    expect(parseAnnounceReply({ ...announced, members }).type).toBe('malformed');
  });

  test('limits of signals, intervals, servers and swarms asked about', () => {
    const signal = { infoHash, from: peerId, to: peerId };
    expect(parseSignal({ ...signal, sealed: new Uint8Array(MAX_SEALED) }).type).toBe('parsed');
    expect(parseSignal({ ...signal, sealed: new Uint8Array(MAX_SEALED + 1) }).type).toBe('malformed');
    expect(parseAnnounceReply({ ...announced, interval: 0 }).type).toBe('malformed');
    expect(parseHello({ version: 1, ice: [{ urls: ['https://a.example'] }] }).type).toBe('malformed');
    expect(parseHello({ version: 2, ice: [] }).type).toBe('malformed');
    expect(parseIceUpdate({ ice: Array(17).fill({ urls: [] }) }).type).toBe('malformed');
    expect(parseScrape({ infoHashes: Array.from({ length: 51 }, () => infoHash) }).type).toBe('malformed');
    expect(parseGoodbye({ within: Number.POSITIVE_INFINITY }).type).toBe('malformed');
  });
});

test('no payload makes a parser throw, and a reason stays short', () => {
  const parsers = [
    parseAnnounce,
    parseAnnounceReply,
    parseScrape,
    parseScrapeReply,
    parseSignal,
    parseHello,
    parseIceUpdate,
    parseGoodbye,
  ];
  const near = fc.record({
    ...fields(announce),
    ...fields(announced),
    ice: fc.anything(),
    sealed: fc.uint8Array(),
  });
  fc.assert(
    fc.property(fc.oneof(fc.anything({ withBigInt: true, withTypedArray: true }), near), (payload) => {
      for (const parse of parsers) {
        const parsed = parse(payload);
        if (parsed.type === 'malformed') expect(parsed.reason.length).toBeLessThanOrEqual(200);
      }
    }),
  );
});

/** Each field either right or anything. */
function fields(example: object): Record<string, fc.Arbitrary<unknown>> {
  return Object.fromEntries(
    Object.entries(example).map(([name, value]) => [
      name,
      fc.oneof(fc.constant<unknown>(value), fc.anything()),
    ]),
  );
}
