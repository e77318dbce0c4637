import { expect, test } from 'vitest';
import { secureRandom } from './secureRandom.ts';

test('numbers from 0 to below 1, evenly, also beyond one pool', () => {
  const tenths = new Array<number>(10).fill(0);
  const seen = new Set<number>();
  for (let drawn = 0; drawn < 20_000; drawn++) {
    const number = secureRandom.next();
    expect(number >= 0 && number < 1).toBe(true);
    tenths[Math.floor(number * 10)]!++;
    seen.add(number);
  }
  for (const count of tenths) expect(Math.abs(count - 2000)).toBeLessThan(400);
  expect(seen.size).toBeGreaterThan(19_900);
});

test('bytes', () => {
  expect(secureRandom.bytes(32)).toHaveLength(32);
  expect(secureRandom.bytes(32)).not.toEqual(secureRandom.bytes(32));
});
