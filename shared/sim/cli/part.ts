/** One process of many: runs the worlds of every so manieth seed, and tells of each. Arguments: from, to, step. */
import { setImmediate } from 'node:timers/promises';
import { runRandomWorld } from '../worldFailure.ts';

/** What became of one world: nothing, or what went wrong. */
export interface WorldReport {
  readonly failure: string | undefined;
  readonly events: number;
}

function run(seed: number): WorldReport {
  try {
    return { failure: undefined, events: runRandomWorld(seed).world.events };
  } catch (error) {
    return { failure: error instanceof Error ? error.message : String(error), events: 0 };
  }
}

const [from = 0, to = 0, step = 1] = process.argv.slice(2).map(Number);
// Whoever is left alone by the process that started it stops.
for (let seed = from; seed < to && process.connected; seed += step) {
  process.send?.(run(seed));
  await setImmediate();
}
if (process.connected) process.disconnect();
