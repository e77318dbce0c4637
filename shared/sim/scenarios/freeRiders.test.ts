import { describe, expect, it } from 'vitest';
import { freeRider } from '../rivals/freeRider.ts';
import { hidingFreeRider } from '../rivals/hidingFreeRider.ts';
import { amongContributors } from './amongContributors.ts';

describe.each([
  ['who tell the truth', freeRider],
  // Row 4: what counts is what a peer was given, not what it says.
  ['who claim nothing and want everything for ever', hidingFreeRider],
])('four of twenty who never upload, and %s', (_how, rival) => {
  const { riders, slowdown } = amongContributors({ rival, riders: 4, come: 'among' });

  it('complete, later than those who give', () => {
    for (const rider of riders) expect(rider.uploaded).toBe(0);
    expect(slowdown).toBeGreaterThan(1.12);
  });
});
