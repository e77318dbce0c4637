import { describe, expect, test } from 'vitest';
import { SeededRandom } from '../../../sim/seededRandom.ts';
import { transportChecks } from '../transport.ts';
import { ManualClock } from './manualClock.ts';
import { MemoryNetwork } from './memoryTransport.ts';

describe('MemoryTransport is a transport', () => {
  const checks = transportChecks(
    (here, there) => {
      const clock = new ManualClock();
      const network = new MemoryNetwork(clock, new SeededRandom(1), 10_000);
      return {
        here: network.transport(here),
        there: network.transport(there),
        until: (awaited) => passing(clock, awaited),
      };
    },
    (holds, expectation) => expect(holds, expectation).toBe(true),
  );
  test.each(checks.map((check) => [check.name, check] as const))('%s', (_, check) => check.run());
});

/** Lets time pass until the promise settles; a minute and more is too long. */
async function passing<T>(clock: ManualClock, awaited: Promise<T>): Promise<T> {
  const state = { settled: false };
  const done = () => (state.settled = true);
  awaited.then(done, done);
  for (let turn = 0; turn < 20_000; turn++) {
    await Promise.resolve();
    if (state.settled) return awaited;
    clock.pass(5);
  }
  throw new Error('still waiting after 100 s');
}
