import type { ChokePolicy } from '../../src/swarm/policies.ts';

/** Unchokes whoever is interested, at once: the bait of those who have something bad to give. */
export const everybody: ChokePolicy = {
  rechoke: (_now, peers) => new Set(peers.filter(({ interested }) => interested).map(({ id }) => id)),
  unchokeAtOnce: (_now, { interested }) => interested,
};
