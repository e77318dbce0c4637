import { randomWorld } from './randomWorld.ts';
import type { Simulation } from './simulation.ts';
import type { Trace } from './trace.ts';
import { runWorld } from './worldRun.ts';

/** A random world went wrong. The message says how, and how to see it again; the cause has the stack. */
export class WorldFailure extends Error {
  constructor(seed: number, cause: unknown) {
    const what = cause instanceof Error ? cause.message : String(cause);
    super(
      [
        `world ${seed} went wrong: ${what}`,
        `  see it again: npm run sim -- --seed ${seed} --trace world-${seed}.jsonl`,
        `  keep it as a test: npm run sim -- --seed ${seed} --keep NAME`,
      ].join('\n'),
      { cause },
    );
    this.name = 'WorldFailure';
  }
}

/** @throws WorldFailure */
export function runRandomWorld(seed: number, trace?: Trace): Simulation {
  try {
    return runWorld(randomWorld(seed), trace);
  } catch (error) {
    throw new WorldFailure(seed, error);
  }
}
