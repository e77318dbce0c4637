import type { Random } from '../src/base/random.ts';
import type { Time } from '../src/base/time.ts';

/** How long visitors stay, in milliseconds: all for as long, or on average (exponentially distributed), or for good. */
export type Sessions =
  | { readonly type: 'fixed'; readonly length: Time }
  | { readonly type: 'exponential'; readonly mean: Time }
  | { readonly type: 'endless' };

export interface ArrivalOptions {
  readonly count: number;
  /** Milliseconds between two arrivals, on average. */
  readonly interval: Time;
  readonly sessions: Sessions;
}

/** When somebody comes, and goes. */
export interface Visit {
  readonly from: Time;
  /** Infinite for who stays. */
  readonly until: Time;
}

/** A Poisson process, the first arrival included: who comes knows nothing of who came before. */
export function arrivals(random: Random, { count, interval, sessions }: ArrivalOptions): Visit[] {
  let from = 0;
  return Array.from({ length: count }, () => {
    from += exponential(random, interval);
    return { from, until: from + lengthOf(random, sessions) };
  });
}

/** Of the given mean, without memory. */
export function exponential(random: Random, mean: number): number {
  return -Math.log(1 - random.next()) * mean;
}

function lengthOf(random: Random, sessions: Sessions): Time {
  switch (sessions.type) {
    case 'fixed':
      return sessions.length;
    case 'exponential':
      return exponential(random, sessions.mean);
    case 'endless':
      return Number.POSITIVE_INFINITY;
  }
}
