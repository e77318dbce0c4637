import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Bytes, concat, fromUtf8, toUtf8 } from '../base/bytes.ts';
import { MAX_METADATA } from '../content/metainfo.ts';
import { METADATA_PART } from './limits.ts';
import { encodeMetadataMessage, type MetadataMessage, parseMetadataMessage } from './metadataMessage.ts';

const parse = (text: string, data: Uint8Array = new Uint8Array()) =>
  parseMetadataMessage(concat(toUtf8(text), data));
const part = fc.nat({ max: Math.floor((MAX_METADATA - 1) / METADATA_PART) });
const data = fc
  .tuple(fc.nat({ max: 20 }), fc.integer({ min: 1, max: METADATA_PART }), fc.boolean())
  .map(([part, length, last]): MetadataMessage => {
    const data: Bytes = new Uint8Array(last ? length : METADATA_PART).fill(part);
    return { type: 'data', part, totalSize: part * METADATA_PART + data.length + (last ? 0 : length), data };
  });
const message: fc.Arbitrary<MetadataMessage> = fc.oneof(
  fc.record({ type: fc.constantFrom('request', 'reject'), part }),
  data,
);

describe('metadata message', () => {
  test('is a dictionary as in BEP 9, the data behind it', () => {
    expect(fromUtf8(encodeMetadataMessage({ type: 'request', part: 0 }))).toBe('d8:msg_typei0e5:piecei0ee');
    expect(fromUtf8(encodeMetadataMessage({ type: 'reject', part: 3 }))).toBe('d8:msg_typei2e5:piecei3ee');
    const data = toUtf8('xyz');
    expect(fromUtf8(encodeMetadataMessage({ type: 'data', part: 0, totalSize: 3, data }))).toBe(
      'd8:msg_typei1e5:piecei0e10:total_sizei3eexyz',
    );
  });

  test('comes out as it went in', () => {
    fc.assert(
      fc.property(message, (message) => {
        expect(parseMetadataMessage(encodeMetadataMessage(message))).toEqual(message);
      }),
      { numRuns: 50 },
    );
  });

  test('the data is not copied', () => {
    const payload = encodeMetadataMessage({ type: 'data', part: 0, totalSize: 3, data: toUtf8('xyz') });
    expect(parseMetadataMessage(payload)).toHaveProperty('data.buffer', payload.buffer);
  });

  test('keys of later versions are ignored', () => {
    expect(parse('d8:msg_typei0e5:newerli1ee5:piecei7ee')).toEqual({ type: 'request', part: 7 });
  });

  test.each(['d8:msg_typei3e5:piecei0ee', 'd8:msg_typei3ee', 'd5:newerle8:msg_typei-1ee'])(
    '%s is of a kind to come',
    (text) => {
      expect(parse(text)).toEqual({ type: 'unknown' });
      expect(parse(text, new Uint8Array(3))).toEqual({ type: 'unknown' });
    },
  );

  const wrong: [string, number][] = [
    ['', 0],
    ['i0e', 0],
    ['d8:msg_typei0ee', 0],
    ['d5:piecei0ee', 0],
    ['d8:msg_type1:35:piecei0ee', 0],
    ['d8:msg_typei0e5:piecei-1ee', 0],
    [`d8:msg_typei0e5:piecei${Math.ceil(MAX_METADATA / METADATA_PART)}ee`, 0],
    ['d8:msg_typei1e5:piecei0ee', 3],
    ['d8:msg_typei1e5:piecei0e10:total_sizei3ee', 2],
    ['d8:msg_typei1e5:piecei0e10:total_sizei3ee', 4],
    ['d8:msg_typei1e5:piecei0e10:total_sizei0ee', 0],
    ['d8:msg_typei1e5:piecei1e10:total_sizei16384ee', 16384],
    [`d8:msg_typei1e5:piecei0e10:total_sizei${MAX_METADATA + 1}ee`, METADATA_PART],
  ];
  test.each(wrong)('%s and %i bytes are refused', (text, length) => {
    expect(parse(text, new Uint8Array(length))).toBeUndefined();
  });

  test('any bytes, and any message with a byte changed, are read within the limits or refused', () => {
    const changed = fc
      .tuple(message, fc.nat({ max: 40 }), fc.nat({ max: 255 }))
      .map(([message, place, byte]) =>
        encodeMetadataMessage(message).map((old, index) => (index === place ? byte : old)),
      );
    const bytes = fc.uint8Array({ maxLength: 60 }).map((array) => new Uint8Array(array));
    fc.assert(
      fc.property(fc.oneof(bytes, changed), (bytes) => {
        const message = parseMetadataMessage(bytes);
        if (message === undefined || message.type === 'unknown') return;
        expect(message.part * METADATA_PART).toBeLessThan(MAX_METADATA);
        if (message.type === 'data') expect(message.totalSize).toBeLessThanOrEqual(MAX_METADATA);
      }),
      { numRuns: 300 },
    );
  });
});
