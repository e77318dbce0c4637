import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concat, toUtf8 } from '../base/bytes.ts';
import { type Bencodable, type Bencoded, decode, decodePrefix, encode } from './bencode.ts';

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');
const bytes = (latin1: string) => new Uint8Array(Buffer.from(latin1, 'latin1'));

const values = fc.letrec<{ value: Bencoded }>((tie) => ({
  value: fc.oneof(
    { depthSize: 'small' },
    fc.maxSafeInteger(),
    fc.uint8Array({ maxLength: 20 }).map((array) => new Uint8Array(array)),
    fc.array(tie('value'), { maxLength: 4 }),
    fc
      .uniqueArray(fc.tuple(fc.string({ maxLength: 8 }), tie('value')), {
        selector: ([key]) => key,
        maxLength: 4,
      })
      .filter((entries) => entries.every(([key]) => key !== '__proto__'))
      .map((entries) => new Map(entries)),
  ),
})).value;

describe('encode', () => {
  it.each<[Bencodable, string]>([
    [0, 'i0e'],
    [-7, 'i-7e'],
    [2 ** 53 - 1, 'i9007199254740991e'],
    ['né', '3:n\xc3\xa9'],
    [bytes('\xff\0'), '2:\xff\0'],
    [[1, [], ''], 'li1ele0:e'],
    [{ b: 1, a: { '': 2 } }, 'd1:ad0:i2ee1:bi1ee'],
    [
      new Map([
        ['z', 1],
        ['a', 2],
      ]),
      'd1:ai2e1:zi1ee',
    ],
  ])('%o is %s', (value, encoded) => {
    expect(text(encode(value))).toBe(encoded);
  });

  it('takes a view of a larger buffer for its own bytes only', () => {
    expect(text(encode(bytes('abcdef').subarray(2, 4)))).toBe('2:cd');
  });
});

describe('decode', () => {
  it('gives back what was encoded', () => {
    fc.assert(
      fc.property(values, (value) => {
        const limits = { maxDepth: 50 };
        expect(decode(encode(value), limits)).toEqual(value);
        const trailing = decodePrefix(concat(encode(value), toUtf8('5:extra')), limits);
        expect(trailing).toEqual({ value, length: encode(value).length });
      }),
    );
  });

  it.each([
    '',
    'i',
    'ie',
    'i-e',
    'i-0e',
    'i01e',
    'i+1e',
    'i1.5e',
    'i 1e',
    'i9007199254740992e',
    'i1e3e',
    'i123456789012345678901234567890e',
    '-1:',
    '-3:abc',
    '01:a',
    '2:a',
    '1',
    ':a',
    '9007199254740991:a',
    'l',
    'le1',
    'l-3:e',
    'd',
    'd1:ae',
    'd1:a',
    'di1ei2ee',
    'dlei1ee',
    'd1:\xffi1ee',
    'd3:\xef\xbf\xbdi1ee',
    'e',
    'x',
    'i1ei2e',
  ])('refuses %j', (encoded) => {
    expect(decode(bytes(encoded))).toBeUndefined();
  });

  it('never throws and never hangs, whatever it is given', () => {
    const soup = fc
      .array(fc.constantFrom(...Array.from('idle0123456789:-a\xff')), { maxLength: 60 })
      .map((characters) => bytes(characters.join('')));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 60 }), soup), (input) => {
        const decoded = decodePrefix(input);
        if (decoded !== undefined) expect(decoded.length).toBeLessThanOrEqual(input.length);
      }),
      { numRuns: 2000 },
    );
  });

  it('survives any one byte of a message being changed', () => {
    const message = encode({ m: { ut_metadata: 1 }, metadata_size: 1000, v: 'x', list: [1, 'a'] });
    fc.assert(
      fc.property(fc.nat({ max: message.length - 1 }), fc.nat({ max: 255 }), (place, byte) => {
        const changed = message.slice();
        changed[place] = byte;
        expect(() => decode(changed)).not.toThrow();
      }),
      { numRuns: 2000 },
    );
  });

  it('stops at its limits', () => {
    const nested = (depth: number) => bytes('l'.repeat(depth) + 'e'.repeat(depth));
    expect(decode(nested(8))).toBeDefined();
    expect(decode(nested(9))).toBeUndefined();
    expect(decode(nested(9), { maxDepth: 9 })).toBeDefined();
    expect(decode(nested(1_000_000))).toBeUndefined();
    expect(decode(bytes(`l${'le'.repeat(9)}e`), { maxValues: 10 })).toBeDefined();
    expect(decode(bytes(`l${'le'.repeat(10)}e`), { maxValues: 10 })).toBeUndefined();
  });

  it('is not harmed by a __proto__ key', () => {
    const decoded = decode(bytes('d9:__proto__d8:pollutedi1ee1:ai2e11:constructori3ee'));
    expect(decoded).toEqual(
      new Map([
        ['a', 2],
        ['constructor', 3],
      ]),
    );
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('gives bytes of their own', () => {
    const input = bytes('3:abc');
    const decoded = decode(input);
    input.fill(0);
    expect(decoded).toEqual(bytes('abc'));
  });
});

describe('decodePrefix', () => {
  it('leaves the payload of a metadata message to the caller (BEP 9)', () => {
    const header = encode({ msg_type: 1, piece: 0, total_size: 34_256 });
    const { value, length } = decodePrefix(concat(header, new Uint8Array(500).fill(0x65)))!;
    expect(length).toBe(header.length);
    expect((value as Map<string, Bencoded>).get('total_size')).toBe(34_256);
  });
});
