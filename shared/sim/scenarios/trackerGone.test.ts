import { describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../src/base/time.ts';
import { Homes, LINE } from './homes.ts';

/** Row 25. */
describe('a tracker that is gone in mid-transfer', () => {
  const homes = new Homes(5);
  const { simulation } = homes;
  homes.pass(4 * SECOND);
  simulation.tracker.goDown();

  it('is not missed by those who have met', () => {
    expect(homes.leechers.some(({ disk }) => disk.complete)).toBe(false);
    expect(homes.complete()).toBeLessThan(MINUTE);
  });

  it('leaves newcomers waiting, and has them meet the others soon after it is back, having forgotten everybody', () => {
    const newcomers = [1, 2].map((number) =>
      simulation.add({ ...LINE, name: `newcomer ${number}`, has: 'nothing' }),
    );
    homes.pass(5 * MINUTE);
    for (const peer of newcomers) expect(peer.neighbours.size).toBe(0);
    simulation.tracker.comeUp();
    const upAt = homes.now;
    expect(homes.complete(newcomers) - upAt).toBeLessThan(90 * SECOND);
  });
});
