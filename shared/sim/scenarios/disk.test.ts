import { describe, expect, it } from 'vitest';
import { SOUND } from '../simDisk.ts';
import { Homes, LENGTH } from './homes.ts';

const PIECE = 64 * 1024;

/** Row 34. */
describe.each([
  ['full', { room: 6 * PIECE }],
  ['failed', { failing: 1 }],
] as const)('a disk that refuses a piece because it is %s', (why, disk) => {
  const stops: string[] = [];
  const homes = new Homes(4, { storageStopped: (peer, result) => stops.push(`${peer.name}: ${result}`) });
  const victim = homes.leechers[0]!;
  homes.until(victim, 4);
  victim.disk.change(disk);
  homes.complete(homes.leechers.slice(1));
  const kept = victim.pieces.size;

  it('stops that peer once, which keeps what it has, and nobody else', () => {
    expect(stops).toEqual([`leecher 1: ${why}`]);
    expect(victim.present).toBe(false);
    expect(kept).toBeGreaterThanOrEqual(4);
  });

  it('once it takes pieces again, the peer goes on from there', () => {
    victim.disk.change(SOUND);
    const returned = homes.simulation.comeBack(victim);
    homes.complete([returned]);
    expect(returned.downloaded).toBeLessThan(LENGTH - (kept - 1) * PIECE);
    expect(stops).toHaveLength(1);
  });
});

/** Row 39. That no false byte leaves it is what the referee watches. */
describe('pieces that rot on the disk of a lone seeder, and of a leecher who has some', () => {
  const lost = new Map<string, number>();
  const homes = new Homes(4, {}, (_, happening) => {
    if (happening.type === 'lost') lost.set(happening.peer, (lost.get(happening.peer) ?? 0) + 1);
  });
  const { simulation, seeder, leechers } = homes;
  const sound = simulation.add({ ...seeder.options, name: 'second seeder', up: seeder.options.up / 4 });
  for (const peer of leechers) homes.until(peer, 4);
  for (const peer of [seeder, leechers[0]!]) for (const piece of [...peer.pieces]) peer.disk.rot(piece);
  homes.complete([...leechers, seeder, sound]);

  it('are noticed when they are asked for, and fetched again', () => {
    expect(lost.get('seeder')).toBeGreaterThan(0);
    for (const peer of simulation.peers) expect(peer.disk.complete).toBe(true);
    for (const peer of leechers.slice(1))
      for (const piece of simulation.content.layout.indices()) expect(peer.disk.holds(piece)).toBe(true);
  });

  it('are held against nobody', () => {
    for (const { dropped } of simulation.peers) expect(dropped).toEqual([]);
  });
});
