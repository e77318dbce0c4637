import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Roster } from './roster.ts';

const chance = fc.infiniteStream(fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }));

function randomOf(stream: Iterator<number>) {
  return { next: () => Number(stream.next().value), bytes: (length: number) => new Uint8Array(length) };
}

test('behaves as a set, and a sample is a subset of the wanted size', () => {
  const step = fc.record({ add: fc.boolean(), item: fc.nat(9) });
  fc.assert(
    fc.property(fc.array(step), fc.nat(12), chance, (steps, most, stream) => {
      const roster = new Roster<number>();
      const model = new Set<number>();
      for (const { add, item } of steps) {
        if (add) roster.add(item);
        else roster.delete(item);
        if (add) model.add(item);
        else model.delete(item);
        expect(roster.size).toBe(model.size);
        expect(roster.has(item)).toBe(add);
      }
      const sample = roster.sample(randomOf(stream), most);
      expect(new Set(sample).size).toBe(sample.length);
      expect(sample).toHaveLength(Math.min(most, model.size));
      expect(sample.every((item) => model.has(item))).toBe(true);
    }),
  );
});

test('draws every item equally often', () => {
  const roster = new Roster<number>();
  for (let item = 0; item < 10; item++) roster.add(item);
  const drawn = new Map<number, number>();
  let state = 1;
  const random = {
    next: () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647,
    bytes: (length: number) => new Uint8Array(length),
  };
  for (let round = 0; round < 5000; round++)
    for (const item of roster.sample(random, 3)) drawn.set(item, (drawn.get(item) ?? 0) + 1);
  for (const count of drawn.values()) expect(Math.abs(count - 1500)).toBeLessThan(150);
  expect(drawn.size).toBe(10);
});
