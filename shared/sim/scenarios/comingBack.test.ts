import { describe, expect, it } from 'vitest';
import { SECOND } from '../../src/base/time.ts';
import { Homes, LENGTH } from './homes.ts';

describe('who crashes in mid-transfer', () => {
  const homes = new Homes(4);
  const victim = homes.leechers[0]!;
  homes.until(victim, 8);
  victim.crash();
  homes.pass(5 * SECOND);
  const kept = victim.pieces.size;

  it('is missed by nobody for long: its ghost is gone in half a minute', () => {
    const others = homes.simulation.peers.filter((peer) => peer !== victim);
    expect(others.some(({ neighbours }) => neighbours.has(victim.peerId))).toBe(true);
    homes.pass(30 * SECOND);
    for (const { neighbours } of others) expect(neighbours.has(victim.peerId)).toBe(false);
  });

  it('comes back under another id with what was on its disk, and fetches the rest only', () => {
    const returned = homes.simulation.comeBack(victim);
    expect(returned.peerId).not.toBe(victim.peerId);
    expect(returned.pieces.size).toBe(kept);
    homes.complete([returned]);
    expect(returned.downloaded).toBeLessThan(LENGTH - (kept - 1) * 64 * 1024);
  });
});

describe('a lone seeder who crashes and comes back', () => {
  it('serves on', () => {
    const homes = new Homes(4);
    homes.pass(3 * SECOND);
    homes.seeder.crash();
    homes.pass(60 * SECOND);
    expect(homes.leechers.some(({ disk }) => disk.complete)).toBe(false);
    const backAt = homes.now;
    homes.simulation.comeBack(homes.seeder);
    expect(homes.complete() - backAt).toBeLessThan(60 * SECOND);
  });
});
