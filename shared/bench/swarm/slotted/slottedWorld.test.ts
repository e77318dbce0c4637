import { describe, expect, it } from 'vitest';
import { fewestSlots, SlottedWorld } from './slottedWorld.ts';

const poorest = (peers: number, pieces: number) => ({ peers, pieces, partner: 'poorest' as const });

describe('the slotted world', () => {
  it('needs a slot a piece for one peer', () => {
    expect(new SlottedWorld(poorest(1, 7), 1).run().slots).toBe(7);
  });

  it('doubles those who have a single piece in each slot', () => {
    expect(new SlottedWorld(poorest(7, 1), 1).run().slots).toBe(3);
    expect(new SlottedWorld(poorest(15, 1), 1).run().slots).toBe(4);
  });

  it('is never faster than the optimum, and nearly as fast', () => {
    const setting = poorest(15, 64);
    const slots = [1, 2, 3].map((seed) => new SlottedWorld(setting, seed).run().slots);
    expect(fewestSlots(setting)).toBe(67);
    for (const each of slots) expect(each).toBeGreaterThanOrEqual(67);
    for (const each of slots) expect(each).toBeLessThanOrEqual(69);
  });

  it('happens again from the same seed, and otherwise from another', () => {
    const hashes = [5, 5, 6].map((seed) => new SlottedWorld(poorest(7, 16), seed).run().hash);
    expect(hashes[1]).toBe(hashes[0]);
    expect(hashes[2]).not.toBe(hashes[0]);
  });
});
