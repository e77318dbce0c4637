import { SECOND, type Time } from '../base/time.ts';

/** How much may be spent: at once, and a second in the long run. */
export interface Limit {
  readonly burst: number;
  readonly perSecond: number;
}

/** What one link may still cost us, in units of one small message. */
export class Allowance {
  readonly #limit: Limit;
  #left: number;
  #at: Time;

  constructor(limit: Limit, now: Time) {
    this.#limit = limit;
    this.#left = limit.burst;
    this.#at = now;
  }

  /** False, and nothing is spent, when there is not so much left. */
  spend(now: Time, cost = 1): boolean {
    const { burst, perSecond } = this.#limit;
    this.#left = Math.min(burst, this.#left + (Math.max(now - this.#at, 0) / SECOND) * perSecond);
    this.#at = now;
    if (this.#left < cost) return false;
    this.#left -= cost;
    return true;
  }
}
