import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { SeededRandom } from '../../sim/seededRandom.ts';
import { MAX_KEY_RECORDS, MAX_PROVIDERS, MAX_RECORDS, MAX_SENDER_RECORDS, RECORD_LIFE } from './limits.ts';
import { type Key, keyOf, type NodeId, nodeIdOfBytes } from './nodeId.ts';
import type { ProviderRecord } from './providerRecord.ts';
import { RecordStore } from './recordStore.ts';

const NOW = 1_800_000_000;
const random = new SeededRandom(1);
const place = (number: number) => {
  const bytes = new Uint8Array(20);
  new DataView(bytes.buffer).setUint32(0, number);
  return bytes;
};
const key = (number: number): Key => keyOf(place(number));
const sender = (number: number): NodeId => nodeIdOfBytes(place(number));
const record = (of: number, author: number, issued = NOW): ProviderRecord => {
  const name = new Uint8Array(32);
  new DataView(name.buffer).setUint32(0, author);
  return { key: key(of), author: name, issued, body: new Uint8Array(), signature: new Uint8Array(64) };
};
const authors = (store: RecordStore, of: number) =>
  store.providers(key(of), NOW, random).map(({ author }) => new DataView(author.buffer).getUint32(0));

describe('record store', () => {
  test('gives back what was put, once an author, the latest', () => {
    const store = new RecordStore(() => true);
    expect(store.put(record(1, 1), sender(1), NOW)).toBe('stored');
    expect(store.put(record(1, 1), sender(1), NOW)).toBe('known');
    expect(store.put(record(1, 1, NOW - 5), sender(1), NOW)).toBe('stale');
    expect(store.put(record(1, 1, NOW + 5), sender(2), NOW)).toBe('stored');
    expect(store.size).toBe(1);
    expect(store.providers(key(1), NOW, random).map(({ issued }) => issued)).toEqual([NOW + 5]);
    expect(store.providers(key(2), NOW, random)).toEqual([]);
  });

  test('takes nothing forged, and nothing that has expired', () => {
    const store = new RecordStore(({ author }) => author[3] !== 2);
    expect(store.put(record(1, 2), sender(1), NOW)).toBe('forged');
    expect(store.put(record(1, 1, NOW - RECORD_LIFE / 1000), sender(1), NOW)).toBe('stale');
    expect(store.size).toBe(0);
  });

  test('forgets what expires', () => {
    const store = new RecordStore(() => true);
    store.put(record(1, 1), sender(1), NOW);
    store.put(record(1, 2, NOW + 60), sender(1), NOW);
    const later = NOW + RECORD_LIFE / 1000;
    expect(store.providers(key(1), later, random)).toHaveLength(1);
    store.sweep(later);
    expect(store.size).toBe(1);
  });

  test('one sender fills no more than its share', () => {
    const store = new RecordStore(() => true);
    for (let number = 0; number < MAX_SENDER_RECORDS; number++)
      expect(store.put(record(number, 1), sender(1), NOW)).toBe('stored');
    expect(store.put(record(9999, 1), sender(1), NOW)).toBe('full');
    expect(store.put(record(9999, 1), sender(2), NOW)).toBe('stored');
  });

  test('all senders together fill no more than there is room for', () => {
    const store = new RecordStore(() => true);
    for (let number = 0; number < MAX_RECORDS + 100; number++)
      store.put(record(number, 1), sender(number % 50), NOW);
    expect(store.size).toBe(MAX_RECORDS);
  });

  test('whoever fills a key with records keeps nobody else out of it', () => {
    const store = new RecordStore(() => true);
    for (let author = 100; author < 200; author++) store.put(record(1, author), sender(1), NOW);
    expect(store.size).toBe(MAX_KEY_RECORDS);
    expect(store.put(record(1, 1), sender(2), NOW)).toBe('stored');
    expect(store.put(record(1, 2), sender(3), NOW)).toBe('stored');
    expect(store.size).toBe(MAX_KEY_RECORDS);
    for (let time = 0; time < 20; time++) {
      expect(authors(store, 1)).toHaveLength(MAX_PROVIDERS);
      expect(authors(store, 1)).toEqual(expect.arrayContaining([1, 2]));
    }
    expect(store.put(record(1, 300), sender(1), NOW)).toBe('full');
  });

  test('counts what it holds, whatever is put and swept', () => {
    const put = fc.record({
      of: fc.nat({ max: 4 }),
      author: fc.nat({ max: 60 }),
      sender: fc.nat({ max: 3 }),
      age: fc.integer({ min: -100, max: 1300 }),
    });
    fc.assert(
      fc.property(fc.array(put, { maxLength: 200 }), (puts) => {
        const store = new RecordStore(() => true);
        for (const each of puts)
          store.put(record(each.of, each.author, NOW - each.age), sender(each.sender), NOW);
        const keys = [...store.keys];
        expect(keys.length).toBeLessThanOrEqual(5);
        expect(store.size).toBeLessThanOrEqual(keys.length * MAX_KEY_RECORDS);
        store.sweep(NOW + 3000);
        expect(store.size).toBe(0);
        expect([...store.keys]).toEqual([]);
      }),
    );
  });
});
