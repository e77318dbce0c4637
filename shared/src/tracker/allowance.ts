import type { Time } from '../base/time.ts';

export interface AllowanceRule {
  /** So many a second in the long run. */
  readonly rate: number;
  /** So many at once, after a pause. */
  readonly burst: number;
}

/** How much of something may still be done: a token bucket, full at first. */
export class Allowance {
  readonly #rule: AllowanceRule;
  #left: number;
  #filled: Time;

  constructor(rule: AllowanceRule, now: Time) {
    this.#rule = rule;
    this.#left = rule.burst;
    this.#filled = now;
  }

  /** Whether there was enough left; if not, nothing is taken. */
  take(now: Time, cost = 1): boolean {
    this.#fill(now);
    if (this.#left < cost) return false;
    this.#left -= cost;
    return true;
  }

  /** Milliseconds until `take` succeeds, if nothing else is taken meanwhile. */
  wait(now: Time, cost = 1): number {
    this.#fill(now);
    return Math.ceil((Math.max(cost - this.#left, 0) / this.#rule.rate) * 1000);
  }

  /** Whether it has been left alone for so long that a new one would be the same. */
  isFull(now: Time): boolean {
    this.#fill(now);
    return this.#left >= this.#rule.burst;
  }

  #fill(now: Time): void {
    const earned = (Math.max(now - this.#filled, 0) * this.#rule.rate) / 1000;
    this.#left = Math.min(this.#left + earned, this.#rule.burst);
    this.#filled = Math.max(now, this.#filled);
  }
}
