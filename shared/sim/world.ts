import type { Time } from '../src/base/time.ts';
import { EventHeap } from './eventHeap.ts';
import { RunHash } from './runHash.ts';
import { SeededRandom } from './seededRandom.ts';
import type { Trace } from './trace.ts';

/** Time and chance of a simulated run. Nothing in it happens but by an event; the same seed gives the same events. */
export class World {
  readonly seed: number;
  readonly random: SeededRandom;
  readonly hash = new RunHash();
  /** Who looks on, if anybody. */
  readonly trace: Trace | undefined;
  readonly #heap = new EventHeap<() => void>();
  #now: Time = 0;
  #events = 0;

  constructor(seed: number, trace?: Trace) {
    this.seed = seed;
    this.trace = trace;
    this.random = new SeededRandom(seed);
  }

  get now(): Time {
    return this.#now;
  }

  /** How many events have happened. */
  get events(): number {
    return this.#events;
  }

  /** Calls once, so many milliseconds from now. */
  after(delay: number, call: () => void): void {
    this.#heap.add(this.#now + Math.max(delay, 0), call);
  }

  /** Calls once, at a time that is not past. */
  at(time: Time, call: () => void): void {
    this.#heap.add(Math.max(time, this.#now), call);
  }

  /** Runs until `done`, until nothing is left to happen, or until `limit`; in the latter cases, it is `limit` then. */
  run(limit: Time, done: () => boolean): 'done' | 'quiet' | 'limit' {
    while (!done()) {
      const next = this.#heap.nextAt;
      if (next === undefined || next > limit) {
        if (Number.isFinite(limit)) this.#now = Math.max(limit, this.#now);
        return next === undefined ? 'quiet' : 'limit';
      }
      this.#now = next;
      this.#events++;
      this.#heap.take()?.();
    }
    return 'done';
  }
}
