import { describe, expect, it } from 'vitest';
import { SECOND } from '../../src/base/time.ts';
import { Homes, LENGTH } from './homes.ts';

const FAR: ReadonlySet<string> = new Set(['leecher 4', 'leecher 5', 'leecher 6']);

function split(homes: Homes): void {
  homes.simulation.network.split({ groupOf: (peer) => (FAR.has(peer) ? 1 : 0), tracker: 0 });
}

describe('a network that falls apart in mid-transfer', () => {
  it('for a while: what was under way goes on, and nobody is dropped', () => {
    const homes = new Homes(6);
    homes.pass(4 * SECOND);
    split(homes);
    homes.pass(15 * SECOND);
    homes.simulation.network.heal();
    homes.complete();
    for (const { dropped } of homes.simulation.peers) expect(dropped).toEqual([]);
  });

  it('for long: each part shares what it has, and the rest comes soon after they have found each other again', () => {
    const homes = new Homes(6);
    homes.pass(4 * SECOND);
    split(homes);
    homes.pass(180 * SECOND);
    const far = homes.leechers.filter(({ name }) => FAR.has(name));
    const near = homes.leechers.filter(({ name }) => !FAR.has(name));
    expect(near.every(({ disk }) => disk.complete)).toBe(true);
    expect(far.some(({ disk }) => disk.complete)).toBe(false);
    const held = far.map(({ pieces }) => [...pieces].sort((a, b) => a - b));
    for (const pieces of held) expect(pieces).toEqual(held[0]);
    const healedAt = homes.now;
    homes.simulation.network.heal();
    expect(homes.complete() - healedAt).toBeLessThan(60 * SECOND);
    for (const { downloaded } of homes.leechers) expect(downloaded).toBeLessThan(1.1 * LENGTH);
  });
});
