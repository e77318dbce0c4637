import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Places } from './places.ts';

function fill(places: Places, address: string): number {
  while (places.judge(address) === 'free') places.take(address);
  return places.of(address);
}

test('row 53: one address gets a quarter, and others still find places', () => {
  const places = new Places(10_000);
  expect(fill(places, 'a')).toBe(2500);
  expect(places.judge('a')).toBe('too-many');
  expect(fill(places, 'b')).toBeGreaterThan(1800);
  expect(places.judge('c')).toBe('free');
});

test('row 53: twenty greedy addresses leave places for the next one', () => {
  const places = new Places(10_000);
  for (let number = 0; number < 20; number++) expect(fill(places, `greedy ${number}`)).toBeGreaterThan(0);
  expect(places.judge('newcomer')).toBe('free');
});

test('full is full', () => {
  const places = new Places(2);
  places.take('a');
  places.take('b');
  expect(places.judge('c')).toBe('full');
  places.leave('a');
  expect(places.judge('c')).toBe('free');
});

test('counts as a plain list does, and never beyond the bound', () => {
  const step = fc.record({ enter: fc.boolean(), address: fc.constantFrom('a', 'b', '__proto__') });
  fc.assert(
    fc.property(fc.array(step), fc.integer({ min: 1, max: 8 }), (steps, bound) => {
      const places = new Places(bound);
      const model: string[] = [];
      for (const { enter, address } of steps) {
        if (!enter) {
          places.leave(address);
          if (model.includes(address)) model.splice(model.indexOf(address), 1);
        } else if (places.judge(address) === 'free') {
          places.take(address);
          model.push(address);
        }
        expect(places.total).toBe(model.length);
        expect(places.of(address)).toBe(model.filter((other) => other === address).length);
        expect(model.length).toBeLessThanOrEqual(bound);
      }
    }),
  );
});
