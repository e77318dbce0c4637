import { describe, expect, it } from 'vitest';
import { clientServerTime, swarmBound } from './bound.ts';

const ups = (count: number, rate: number) => new Array<number>(count).fill(rate);

describe('the bounds of distribution time', () => {
  it('wait for the seed, the slowest downlink, or all uplinks together', () => {
    expect(swarmBound({ length: 1000, seedUp: 10, ups: ups(4, 100), leastDown: 50 })).toBe(100);
    expect(swarmBound({ length: 1000, seedUp: 100, ups: ups(4, 100), leastDown: 5 })).toBe(200);
    expect(swarmBound({ length: 1000, seedUp: 100, ups: ups(10, 10), leastDown: 50 })).toBe(50);
  });

  it('grow with N for a server, and hardly for a swarm', () => {
    const of = (count: number) => ({ length: 1000, seedUp: 100, ups: ups(count, 10), leastDown: 50 });
    expect(clientServerTime(of(1))).toBe(20);
    expect(clientServerTime(of(10))).toBe(100);
    expect(clientServerTime(of(1000))).toBe(10_000);
    expect(swarmBound(of(1000))).toBeLessThan(100);
  });
});
