import fc from 'fast-check';
import { expect, test } from 'vitest';
import { decodeUtf8, encodeUtf8 } from './utf8.ts';

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

function reference(bytes: Uint8Array): string | undefined {
  try {
    return strict.decode(bytes);
  } catch {
    return undefined;
  }
}

test('is written as the platform writes it, half characters too', () => {
  fc.assert(
    fc.property(fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' })), (text) => {
      expect(encodeUtf8(text)).toEqual(new TextEncoder().encode(text));
    }),
  );
  const halves = '\uD800 a \uDC00';
  expect(encodeUtf8(halves)).toEqual(new TextEncoder().encode(halves));
});

test('is read as the platform reads it, and refused where it refuses', () => {
  const nearly = fc
    .tuple(fc.string({ unit: 'binary', minLength: 1 }), fc.nat(), fc.nat(255))
    .map(([text, place, byte]) => {
      const bytes = new TextEncoder().encode(text);
      bytes[place % bytes.length] = byte;
      return bytes;
    });
  const pieces = fc.constantFrom(
    0x41,
    0x80,
    0xbf,
    0xc0,
    0xc1,
    0xc2,
    0xe0,
    0xed,
    0xa0,
    0xf0,
    0x90,
    0xf4,
    0xf5,
    0xff,
  );
  const hostile = fc.array(pieces, { maxLength: 6 }).map((bytes) => Uint8Array.from(bytes));
  fc.assert(
    fc.property(fc.oneof(fc.uint8Array(), nearly, hostile), (bytes) => {
      expect(decodeUtf8(bytes)).toBe(reference(bytes));
    }),
    { numRuns: 3000 },
  );
});

test('comes out as it went in, however long it is', () => {
  const text = 'añ𝄞\uFEFF'.repeat(5000);
  expect(decodeUtf8(encodeUtf8(text))).toBe(text);
});
