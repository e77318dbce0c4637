import { describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../src/base/time.ts';
import { blamedBy, Homes, LENGTH } from './homes.ts';

/** Row 32. */
describe.each(['stops', 'goes-on'] as const)(
  'a machine that sleeps in mid-transfer, whose clock %s',
  (clock) => {
    function sleep(duration: number): { homes: Homes; took: number } {
      const homes = new Homes(5);
      const sleeper = homes.leechers[0]!;
      homes.pass(4 * SECOND);
      sleeper.sleep(clock);
      homes.pass(duration);
      expect(sleeper.disk.complete).toBe(false);
      const wokeAt = homes.now;
      sleeper.wake();
      homes.pass(2 * SECOND);
      expect(blamedBy(sleeper)).toEqual([]);
      return { homes, took: homes.complete([sleeper]) - wokeAt };
    }

    it('goes on where it was after a nap, and blames nobody', () => {
      const { homes, took } = sleep(20 * SECOND);
      expect(took).toBeLessThan(30 * SECOND);
      for (const peer of homes.simulation.peers) expect(peer.dropped).toEqual([]);
      expect(homes.leechers[0]!.downloaded).toBeLessThan(1.1 * LENGTH);
    });

    it('finds the others again after an hour', () => {
      const { homes, took } = sleep(60 * MINUTE);
      expect(took).toBeLessThan(90 * SECOND);
      expect(homes.leechers[0]!.downloaded).toBeLessThan(1.1 * LENGTH);
    });
  },
);
