import { describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../src/base/time.ts';
import type { SimPeer } from '../simPeer.ts';
import { Homes, LINE } from './homes.ts';

/** Peers that each is connected with. */
function meetings(peers: readonly SimPeer[]): readonly number[] {
  return peers.map(({ neighbours }) => neighbours.size);
}

describe('a tracker that is gone for good', () => {
  const homes = new Homes(4);
  const { simulation, seeder, leechers } = homes;
  homes.pass(3 * SECOND);
  simulation.tracker.goDown();

  it('is not needed by a newcomer who knows one peer: it finds all others through it', () => {
    const newcomer = simulation.add({ ...LINE, name: 'newcomer', has: 'nothing' });
    const [contact] = leechers;
    newcomer.invite(contact!);
    const invitedAt = homes.now;
    while (newcomer.neighbours.size < 5 && homes.now - invitedAt < MINUTE) homes.pass(SECOND);
    expect(newcomer.neighbours.size).toBe(5);
    expect(homes.now - invitedAt).toBeLessThan(10 * SECOND);
    homes.complete([newcomer]);
  });

  it('nor by those who come one after the other, each knowing one that is there', () => {
    let last: SimPeer = seeder;
    const line = [1, 2, 3, 4].map((number) => {
      const next = simulation.add({ ...LINE, name: `next ${number}`, has: 'nothing' });
      next.invite(last);
      homes.pass(2 * SECOND);
      last = next;
      return next;
    });
    homes.complete(line);
    expect(Math.min(...meetings(line))).toBeGreaterThanOrEqual(4);
  });

  it('nor by two of them when their only common peer has gone since they met', () => {
    leechers[0]!.crash();
    const late = simulation.add({ ...LINE, name: 'late', has: 'nothing' });
    late.invite(leechers[1]!);
    homes.complete([late]);
  });
});
