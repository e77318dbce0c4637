import { describe, expect, it } from 'vitest';
import { arrivals, type Visit } from './arrivals.ts';
import { SeededRandom } from './seededRandom.ts';

const COUNT = 20_000;
const mean = (numbers: readonly number[]) => numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
const gaps = (visits: readonly Visit[]) =>
  visits.map(({ from }, place) => from - (visits[place - 1]?.from ?? 0));

describe('arrivals', () => {
  it('come without memory: gaps vary as much as they last, and one tells nothing of the next', () => {
    const visits = arrivals(new SeededRandom(1), {
      count: COUNT,
      interval: 100,
      sessions: { type: 'endless' },
    });
    const lengths = gaps(visits);
    expect(mean(lengths)).toBeCloseTo(100, -0.5);
    expect(Math.sqrt(mean(lengths.map((gap) => (gap - 100) ** 2)))).toBeCloseTo(100, -0.5);
    const products = lengths.slice(1).map((gap, place) => (gap - 100) * ((lengths[place] ?? 0) - 100));
    expect(mean(products) / 100 ** 2).toBeCloseTo(0, 1);
    expect(visits.every(({ until }) => until === Number.POSITIVE_INFINITY)).toBe(true);
  });

  it('stay as long as is said, exactly or on average', () => {
    const stays = (type: 'fixed' | 'exponential') => {
      const sessions = type === 'fixed' ? { type, length: 500 } : { type, mean: 500 };
      const visits = arrivals(new SeededRandom(2), { count: COUNT, interval: 1, sessions });
      return visits.map(({ from, until }) => until - from);
    };
    for (const stay of stays('fixed')) expect(stay).toBeCloseTo(500);
    expect(mean(stays('exponential'))).toBeGreaterThan(490);
    expect(mean(stays('exponential'))).toBeLessThan(510);
    expect(Math.max(...stays('exponential'))).toBeGreaterThan(2500);
  });
});
