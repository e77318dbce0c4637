import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBase64Url, encodeBase64Url } from './base64Url.ts';
import { fromHex, toHex } from './bytes.ts';

const bytes = fc.uint8Array({ maxLength: 100 });

describe('base64url', () => {
  it('is what Node makes of the same bytes, and leads back to them', () => {
    fc.assert(
      fc.property(bytes, (some) => {
        const text = encodeBase64Url(some);
        expect(text).toBe(Buffer.from(some).toString('base64url'));
        expect(decodeBase64Url(text)).toEqual(new Uint8Array(some));
      }),
    );
  });

  it('has one text for each row of bytes: what is decoded encodes to what it was', () => {
    const digits = fc.constantFrom(...Array.from('AZaz09-_Qg=+/ .é'));
    fc.assert(
      fc.property(fc.string({ unit: digits, maxLength: 12 }), (text) => {
        const decoded = decodeBase64Url(text);
        if (decoded !== undefined) expect(encodeBase64Url(decoded)).toBe(text);
      }),
    );
    expect(['A', 'AB', 'AA=', 'A A', 'AAA+'].map(decodeBase64Url)).toEqual(Array(5).fill(undefined));
  });
});

it('hexadecimal is what Node makes of the same bytes, and leads back to them', () => {
  fc.assert(
    fc.property(bytes, (some) => {
      const text = toHex(some);
      expect(text).toBe(Buffer.from(some).toString('hex'));
      expect(fromHex(text)).toEqual(new Uint8Array(some));
    }),
  );
  expect(['0', 'AB', '0g', ' 00'].map(fromHex)).toEqual(Array(4).fill(undefined));
});
