import { describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../src/base/time.ts';
import { Homes, LENGTH } from './homes.ts';

/** Row 32. */
describe.each(['stops', 'goes-on'] as const)(
  'a machine that sleeps in mid-transfer, whose clock %s',
  (clock) => {
    function fallAsleep(): { homes: Homes; sleeper: Homes['seeder'] } {
      const homes = new Homes(5);
      const sleeper = homes.leechers[0]!;
      homes.until(sleeper, 4);
      sleeper.sleep(clock);
      return { homes, sleeper };
    }

    it('goes on where it was after a nap, and blames nobody', () => {
      const { homes, sleeper } = fallAsleep();
      homes.pass(20 * SECOND);
      expect(sleeper.disk.complete).toBe(false);
      homes.blame.clear();
      sleeper.wake();
      const wokeAt = homes.now;
      expect(homes.complete([sleeper]) - wokeAt).toBeLessThan(20 * SECOND);
      expect([...homes.blame].filter((each) => each.startsWith(sleeper.name))).toEqual([]);
      expect(homes.simulation.peers.flatMap(({ dropped }) => dropped)).toEqual([]);
      expect(sleeper.downloaded).toBeLessThan(1.1 * LENGTH);
    });

    it('finds out in time that it has lost everybody, and finds them again', () => {
      const { homes, sleeper } = fallAsleep();
      homes.pass(60 * MINUTE);
      sleeper.wake();
      const wokeAt = homes.now;
      expect(homes.complete([sleeper]) - wokeAt).toBeLessThan(60 * SECOND);
      expect(sleeper.downloaded).toBeLessThan(1.1 * LENGTH);
    });

    it('asks at once who is there now', () => {
      const { homes, sleeper } = fallAsleep();
      homes.pass(60 * MINUTE);
      for (const peer of [homes.seeder, ...homes.leechers.slice(1)]) {
        peer.leave();
        homes.simulation.comeBack(peer);
      }
      homes.pass(10 * SECOND);
      sleeper.wake();
      homes.pass(4 * SECOND);
      const present = homes.simulation.peers.filter((peer) => peer.present && peer !== sleeper);
      expect(present.filter(({ neighbours }) => neighbours.has(sleeper.peerId))).toHaveLength(5);
    });
  },
);
