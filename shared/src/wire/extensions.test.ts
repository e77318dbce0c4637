import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fromUtf8, toUtf8 } from '../base/bytes.ts';
import { encodeExtendedHandshake, LT_DONTHAVE, parseExtendedHandshake, UT_METADATA } from './extensions.ts';
import { MAX_METADATA } from '../content/metainfo.ts';
import { MAX_EXTENSIONS } from './limits.ts';

const parse = (text: string) => parseExtendedHandshake(toUtf8(text));

describe('extended handshake', () => {
  test('is a dictionary as in BEP 10', () => {
    const m = new Map([
      ['ut_metadata', UT_METADATA],
      ['lt_donthave', LT_DONTHAVE],
    ]);
    expect(fromUtf8(encodeExtendedHandshake({ m, metadataSize: 31235, reqq: 250 }))).toBe(
      'd1:md11:lt_donthavei2e11:ut_metadatai1ee13:metadata_sizei31235e4:reqqi250e1:v5:Shoale',
    );
    expect(fromUtf8(encodeExtendedHandshake({ m: new Map(), metadataSize: undefined }))).toBe(
      'd1:mde1:v5:Shoale',
    );
  });

  test('comes out as it went in', () => {
    // A name that the bencode reader leaves out on purpose.
    const name = fc.stringMatching(/^[a-z_]{1,20}$/).filter((each) => each !== '__proto__');
    const ids = fc.array(fc.tuple(name, fc.integer({ min: 1, max: 255 })), { maxLength: 10 });
    const size = fc.integer({ min: 1, max: MAX_METADATA });
    fc.assert(
      fc.property(ids, size, fc.integer({ min: 1, max: 100_000 }), (ids, metadataSize, reqq) => {
        const handshake = { m: new Map(ids), metadataSize, reqq };
        expect(parseExtendedHandshake(encodeExtendedHandshake(handshake))).toEqual({
          ...handshake,
          shoal: true,
        });
      }),
    );
  });

  test('another client’s keys are ignored, and what is empty is left out', () => {
    const text =
      'd1:ei1e1:md6:ut_pexi1e11:ut_metadatai0ee13:metadata_sizei0e1:pi6881e4:reqqi0e6:yourip4:\x01\x02\x03\x04e';
    expect(parse(text)).toEqual({
      m: new Map([
        ['ut_pex', 1],
        ['ut_metadata', 0],
      ]),
    });
    expect(parse('de')).toEqual({ m: new Map() });
  });

  const wrong = [
    '',
    'i1e',
    'le',
    'd1:mlee',
    'd1:md1:xi256eee',
    'd1:md1:xi-1eee',
    'd1:md1:x1:yee',
    'd1:mde13:metadata_size1:1e',
    `d13:metadata_sizei${MAX_METADATA + 1}ee`,
    'd13:metadata_sizei-1ee',
    'd4:reqqi-1ee',
    'd1:mdee ',
    `d1:md${Array.from({ length: MAX_EXTENSIONS + 1 }, (_, index) => `3:${100 + index}i1e`).join('')}ee`,
  ];
  test.each(wrong)('%s is refused', (text) => {
    expect(parse(text)).toBeUndefined();
  });

  test('a name like __proto__ harms nothing', () => {
    expect(parse('d9:__proto__d1:xi1ee1:md9:__proto__i3e1:ai1eee')?.m.get('a')).toBe(1);
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  test('any bytes, and any handshake with a byte changed, are read or refused', () => {
    const valid = encodeExtendedHandshake({ m: new Map([['ut_metadata', 3]]), metadataSize: 5, reqq: 6 });
    const changed = fc
      .tuple(fc.nat({ max: valid.length - 1 }), fc.nat({ max: 255 }))
      .map(([place, byte]) => valid.map((old, index) => (index === place ? byte : old)));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 60 }), changed), (bytes) => {
        const handshake = parseExtendedHandshake(bytes);
        for (const id of handshake?.m.values() ?? []) expect(id >= 0 && id <= 255).toBe(true);
        expect(handshake?.metadataSize ?? 1).toBeLessThanOrEqual(MAX_METADATA);
      }),
      { numRuns: 500 },
    );
  });
});
