import type { Time } from './time.ts';

const BURST_SECONDS = 0.25;
const LEAST_BURST = 16 * 1024;

/** Bytes that may be spent, filling at a rate. Without a rate there is no limit. */
export class TokenBucket {
  #rate: number | undefined;
  #tokens = 0;
  #filled: Time = Number.NEGATIVE_INFINITY;

  /** @param rate bytes a second; nothing for no limit. */
  constructor(rate?: number) {
    this.#rate = rate;
  }

  get limited(): boolean {
    return this.#rate !== undefined;
  }

  /** What was saved is gone; a debt stays. */
  limit(rate: number | undefined): void {
    this.#rate = rate;
    this.#tokens = Math.min(this.#tokens, 0);
  }

  /**
   * Takes the bytes if the bucket is not in debt. It may go into debt by one taking, so that a message larger than a
   * burst still passes; the debt is paid before the next.
   */
  take(now: Time, bytes: number): boolean {
    if (this.#rate === undefined) return true;
    this.#fill(now, this.#rate);
    if (this.#tokens <= 0) return false;
    this.#tokens -= bytes;
    return true;
  }

  /** When `take` will next succeed. */
  readyAt(now: Time): Time {
    if (this.#rate === undefined) return now;
    this.#fill(now, this.#rate);
    return this.#tokens > 0 ? now : now + Math.ceil(((1 - this.#tokens) / this.#rate) * 1000);
  }

  #fill(now: Time, rate: number): void {
    const burst = Math.max(rate * BURST_SECONDS, LEAST_BURST);
    const earned = Number.isFinite(this.#filled) ? ((now - this.#filled) * rate) / 1000 : burst;
    this.#tokens = Math.min(this.#tokens + Math.max(earned, 0), burst);
    this.#filled = now;
  }
}
