import { describe, expect, it } from 'vitest';
import { mean, median, percentile, rankCorrelation } from './statistics.ts';

describe('statistics', () => {
  it('finds the median of odd and even numbers of values, in any order', () => {
    expect(median([30, 1, 2])).toBe(2);
    expect(median([4, 1, 30, 2])).toBe(3);
    expect(() => median([])).toThrow('expected values');
    expect(() => mean([])).toThrow('expected values');
  });

  it('takes a percentile that is one of the values', () => {
    const values = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(percentile(values, 0.95)).toBe(95);
    expect(percentile(values, 1)).toBe(100);
    expect(percentile([7, 3], 0.5)).toBe(3);
    expect(percentile([7, 3], 0.51)).toBe(7);
    expect(percentile([7], 0)).toBe(7);
  });

  it('correlates ranks and not values', () => {
    expect(rankCorrelation([1, 2, 3, 4], [10, 20, 30, 1e9])).toBeCloseTo(1);
    expect(rankCorrelation([1, 2, 3, 4], [9, 8, 2, 1])).toBeCloseTo(-1);
    expect(rankCorrelation([1, 2, 3, 4], [2, 4, 1, 3])).toBeCloseTo(0);
  });

  it('gives equal values their mean rank', () => {
    // Ranks 1, 2.5, 2.5, 4 against 1 to 4, by hand: 4.5 / √(4.5 · 5).
    expect(rankCorrelation([1, 5, 5, 9], [1, 2, 3, 4])).toBeCloseTo(4.5 / Math.sqrt(4.5 * 5));
  });
});
