import fc from 'fast-check';
import { expect, test } from 'vitest';
import { parseShareRecord } from './shareRecord.ts';

const record = {
  version: 1,
  role: 'receiver',
  secret: new Uint8Array(16),
  info: new Uint8Array([1]),
  layer: undefined,
  wanted: true,
  paused: false,
  removed: true,
  trackers: ['wss://a.example'],
  order: 3,
};

test('a record is taken as it was saved; one from before removals could be taken back is not removed', () => {
  expect(parseShareRecord(structuredClone(record))).toMatchObject(record);
  const { removed, ...older } = record;
  expect(parseShareRecord(older)).toMatchObject({ ...record, removed: !removed });
});

test.each<[string, object]>([
  ['another version', { version: 2 }],
  ['a short secret', { secret: new Uint8Array(15) }],
  ['a secret that is text', { secret: 'x'.repeat(16) }],
  ['an unknown role', { role: 'helper' }],
  ['no order', { order: undefined }],
])('%s is no record', (_, change) => {
  expect(parseShareRecord({ ...record, ...change })).toBeUndefined();
});

test('nothing that was stored makes it throw', () => {
  fc.assert(
    fc.property(fc.anything({ withTypedArray: true, withBigInt: true }), (value) => {
      expect(() => parseShareRecord(value)).not.toThrow();
    }),
  );
});
