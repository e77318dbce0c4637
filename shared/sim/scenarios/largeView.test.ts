import { describe, expect, it } from 'vitest';
import { largeViewFreeRider } from '../rivals/largeViewFreeRider.ts';
import { amongContributors } from './amongContributors.ts';

describe('eight of twenty who come first, never upload, and connect to everybody', () => {
  const { riders, slowdown } = amongContributors({
    rival: largeViewFreeRider,
    riders: 8,
    come: 'first',
  });

  it('complete, later than those who give', () => {
    for (const rider of riders) expect(rider.uploaded).toBe(0);
    expect(slowdown).toBeGreaterThan(1.12);
  });
});
