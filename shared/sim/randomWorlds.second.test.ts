import { describe, expect, it } from 'vitest';
import { runRandomWorld } from './worldFailure.ts';

const HUNDRED = Array.from({ length: 100 }, (_, place) => place);

/** The other half is in `randomWorlds.first.test.ts`. */
describe('random small worlds, in which much goes wrong', () => {
  it.each([500, 600, 700, 800, 900])('%i and the 99 after it: everybody gets what can be had', (first) => {
    for (const place of HUNDRED) expect(() => runRandomWorld(first + place)).not.toThrow();
  });
});
