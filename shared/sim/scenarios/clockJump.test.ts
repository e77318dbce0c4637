import { describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../src/base/time.ts';
import { Homes, LENGTH } from './homes.ts';

const DAY = 24 * 60 * MINUTE;

/** Rows 32 and 42. */
describe('clocks set by a day in mid-transfer', () => {
  it.each([
    ['forward', DAY],
    ['back', -DAY],
  ])('%s have no effect', (_, by) => {
    const undisturbed = new Homes(5).complete();
    const homes = new Homes(5);
    homes.pass(4 * SECOND);
    for (const peer of homes.simulation.peers) peer.setWall(by);
    expect(homes.complete()).toBeLessThan(1.1 * undisturbed);
    expect([...homes.blame]).toEqual([]);
    for (const { downloaded } of homes.leechers) expect(downloaded).toBeLessThan(1.05 * LENGTH);
  });
});
