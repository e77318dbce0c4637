import { describe, expect, it } from 'vitest';
import { SeededRandom } from './seededRandom.ts';

describe('SeededRandom', () => {
  it('repeats itself, and differs from seed to seed', () => {
    const draw = (seed: number) => {
      const source = new SeededRandom(seed);
      return Array.from({ length: 8 }, () => source.fork().next());
    };
    expect(draw(1)).toEqual(draw(1));
    const first = Array.from({ length: 1000 }, (_, seed) => new SeededRandom(seed).next());
    expect(new Set(first).size).toBe(1000);
  });

  it('spreads the first numbers of neighbouring seeds evenly', () => {
    const tenths = new Array<number>(10).fill(0);
    for (let seed = 0; seed < 10_000; seed++) {
      const tenth = Math.floor(new SeededRandom(seed).next() * 10);
      tenths[tenth] = tenths[tenth]! + 1;
    }
    expect(Math.min(...tenths)).toBeGreaterThan(850);
    expect(Math.max(...tenths)).toBeLessThan(1150);
  });
});
