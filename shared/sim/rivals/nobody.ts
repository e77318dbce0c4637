import type { ChokePolicy } from '../../src/swarm/policies.ts';

/** Unchokes nobody, ever. */
export const nobody: ChokePolicy = {
  rechoke: () => new Set(),
  unchokeAtOnce: () => false,
};
