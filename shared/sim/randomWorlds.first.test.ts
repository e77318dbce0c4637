import { describe, expect, it } from 'vitest';
import { runRandomWorld } from './worldFailure.ts';

const HUNDRED = Array.from({ length: 100 }, (_, place) => place);

/** The other half is in `randomWorlds.second.test.ts`, so that two cores share them. */
describe('random small worlds, in which much goes wrong', () => {
  it.each([0, 100, 200, 300, 400])('%i and the 99 after it: everybody gets what can be had', (first) => {
    for (const place of HUNDRED) expect(() => runRandomWorld(first + place)).not.toThrow();
  });

  it('happen again, event for event', () => {
    for (const seed of [4, 10, 43, 83, 136]) {
      const [one, other] = [runRandomWorld(seed).world, runRandomWorld(seed).world];
      expect([one.events, one.hash.value]).toEqual([other.events, other.hash.value]);
    }
  });
});
