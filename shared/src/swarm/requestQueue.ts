import { RateMeter } from '../base/rateMeter.ts';
import { SECOND, type Time } from '../base/time.ts';
import { BLOCK } from '../content/layout.ts';

/** Enough to be served a small piece in one go. */
const LEAST = 4 * BLOCK;
const MOST = 500 * BLOCK;
const SNUBBED = 1 * BLOCK;
const FIRST = 8 * BLOCK;

/** The queue is a few ranges deep, so that a fast peer gets long ones and a slow one is not asked for much at once. */
const RANGES_IN_QUEUE = 8;
const RATE_WINDOW = 4 * SECOND;
/** What a peer needs beyond the round trip: its disk, its other peers, our own busy moments. */
const MARGIN = 1 * SECOND;
const PATIENCE = 4;
const LEAST_TIMEOUT = 20 * SECOND;
const FIRST_TIMEOUT = 20 * SECOND;
const LONGEST_TIMEOUT = 60 * SECOND;

/**
 * How much to keep asked of one peer: what it delivers in a round trip and a margin, so that it is never idle for want
 * of a request, and no more, so that little is lost when it leaves.
 */
export class RequestQueue {
  readonly #longestRange: number;
  readonly #rate = new RateMeter(RATE_WINDOW);
  #roundTrip = Number.POSITIVE_INFINITY;
  #snubbed = false;
  #start: { readonly since: Time | undefined; readonly size: number } | undefined = {
    since: undefined,
    size: FIRST,
  };

  /** @param longestRange the most bytes to ask for in one request. */
  constructor(longestRange: number) {
    this.#longestRange = longestRange;
  }

  get snubbed(): boolean {
    return this.#snubbed;
  }

  /** A range has come that was asked for at `askedAt`. */
  received(now: Time, length: number, askedAt: Time): void {
    this.#snubbed = false;
    this.#rate.add(now, length);
    this.#roundTrip = Math.min(this.#roundTrip, now - askedAt);
    if (this.#start !== undefined) this.#grow(now, length, this.#start);
  }

  /** A request has timed out: one block at a time, until something comes. */
  timedOut(): void {
    this.#snubbed = true;
    this.#start = undefined;
  }

  /** Bytes to keep asked. */
  size(now: Time): number {
    if (this.#snubbed) return SNUBBED;
    const inFlight = (this.#rate.rate(now) * this.#turnaround()) / SECOND;
    return clamp(wholeBlocks(Math.max(inFlight, this.#start?.size ?? 0)), LEAST, MOST);
  }

  /** How long the next range asked for may be, in bytes. */
  rangeLength(now: Time): number {
    return clamp(wholeBlocks(this.size(now) / RANGES_IN_QUEUE), BLOCK, this.#longestRange);
  }

  /**
   * When a request made now counts as lost.
   *
   * @param asked bytes on order from this peer, this request included: it comes after all the others.
   */
  deadline(now: Time, asked: number): Time {
    const rate = this.#rate.rate(now);
    if (rate === 0) return now + (this.#rate.total === 0 ? FIRST_TIMEOUT : LONGEST_TIMEOUT);
    const expected = this.#turnaround() + (asked / rate) * SECOND;
    return now + clamp(expected * PATIENCE, LEAST_TIMEOUT, LONGEST_TIMEOUT);
  }

  #turnaround(): number {
    return Number.isFinite(this.#roundTrip) ? this.#roundTrip + MARGIN : MARGIN;
  }

  /** Slow start: twice as much each round trip, until there has been time to measure the rate. */
  #grow(now: Time, length: number, start: { readonly since: Time | undefined; readonly size: number }): void {
    const since = start.since ?? now;
    this.#start = now - since < this.#turnaround() ? { since, size: start.size + length } : undefined;
  }
}

function wholeBlocks(bytes: number): number {
  return Math.floor(bytes / BLOCK) * BLOCK;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
