import { expect, it } from 'vitest';
import { randomWorld } from './randomWorld.ts';
import { smallerWorld, wrongWith } from './smallerWorld.ts';

it('of a world that goes wrong, all is left out that is not needed for that', () => {
  const plan = { ...randomWorld(4), pieceLength: 1000 };
  expect(plan.peers.length).toBeGreaterThan(2);
  const small = smallerWorld(plan);
  expect([small.peers, small.faults]).toEqual([[], []]);
  expect(wrongWith(small)).toBe(wrongWith(plan));
});

it('a world in which all is well stays as it is', () => {
  const plan = randomWorld(1);
  expect(smallerWorld(plan)).toBe(plan);
});
