import { RateMeter } from '../base/rateMeter.ts';
import { SECOND, type Time } from '../base/time.ts';
import { BLOCK } from '../content/layout.ts';
import { PathMeter } from './pathMeter.ts';

/** Enough to be served a small piece in one go. */
const LEAST = 4 * BLOCK;
/** A slow peer may be asked for what it gives in a second more, up to this: it has others to serve in between. */
const LEAST_OF_SLOW = 8 * BLOCK;
/** Of several lanes to the same peer, each. */
const LEAST_OF_LANE = 2 * BLOCK;
const MOST = 500 * BLOCK;
const SNUBBED = 1 * BLOCK;
/** A small piece: a seeder with many newcomers takes long enough to give each of them one. */
const FIRST = 4 * BLOCK;

/** For a router's queue, the peer's disk and our own busy moments, in milliseconds beyond the round trip. */
const MARGIN = 60;
/** Nearer than this is the same house: no router's queue, but two machines that are busy with the bytes. */
const NEAR = 15;
const NEAR_MARGIN = 100;
/** An answer that took so many round trips waited in a router's queue: what is doubled once more, it drops. */
const PILED_UP = 1.5;

/** The queue is a few ranges deep, so that a fast peer gets long ones and a slow one is not asked for much at once. */
const RANGES_IN_QUEUE = 8;
const RATE_WINDOW = 4 * SECOND;
/** How long an answer may take beyond the round trip before it is late: a disk, other peers, busy moments. */
const SERVICE = 1 * SECOND;
const PATIENCE = 4;
const LEAST_TIMEOUT = 20 * SECOND;
const FIRST_TIMEOUT = 20 * SECOND;
const LONGEST_TIMEOUT = 60 * SECOND;

/**
 * How much to keep asked of one peer: what the path to it holds, so that it is never idle for want of a request, and
 * little more. What is asked for beyond that fills the queues of routers until they drop, and SCTP is slow to recover.
 */
export class RequestQueue {
  readonly #longestRange: number;
  readonly #rate = new RateMeter(RATE_WINDOW);
  readonly #path = new PathMeter();
  #snubbed = false;
  /** Beyond the first bytes, until answers are late because of ourselves. */
  #start = 0;
  #starting = true;

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
    this.#path.received(now, length, now - askedAt, heldFor);
    // Twice as much each round trip, until something piles up.
    if (now - askedAt > unhindered(this.#path.roundTrip)) this.#starting = false;
    else this.#start += length;
  }

  /** A request has timed out: one block at a time, until something comes. */
  timedOut(): void {
    this.#snubbed = true;
    this.#starting = false;
    this.#start = 0;
  }

  /** From asking to the answer at the soonest, in milliseconds; infinite before the first answer. */
  get roundTrip(): Time {
    return this.#path.roundTrip;
  }

  /**
   * Bytes to keep asked.
   *
   * @param lanes to how many such queues to the same peer this is one.
   */
  size(now: Time, lanes = 1): number {
    if (this.#snubbed) return SNUBBED;
    const bandwidth = this.#path.bandwidth(now);
    const start = FIRST / lanes + this.#start;
    if (bandwidth === undefined) return wholeBlocks(clamp(start, BLOCK, MOST));
    const rate = this.#rate.rate(now);
    // A slow peer's window with one answer in it looks like a fast one.
    const held = (Math.min(bandwidth, 2 * rate) * heldFor(this.#path.roundTrip)) / SECOND;
    const served = (rate * this.#turnaround()) / SECOND;
    const least = Math.max(clamp(served, LEAST, LEAST_OF_SLOW) / lanes, LEAST_OF_LANE);
    // Who takes long because of others gets no more than that explains.
    const wanted = this.#starting ? clamp(start, held, 2 * held) : held;
    return wholeBlocks(clamp(Math.min(wanted, served), least, MOST));
  }

  /** How long the next range asked for may be, in bytes. */
  rangeLength(now: Time, lanes = 1): number {
    return clamp(wholeBlocks(this.size(now, lanes) / RANGES_IN_QUEUE), BLOCK, this.#longestRange);
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
    return Number.isFinite(this.#path.roundTrip) ? this.#path.roundTrip + SERVICE : SERVICE;
  }
}

/** How long what is asked for is to be under way, where it takes `roundTrip` at the soonest. */
function heldFor(roundTrip: Time): Time {
  return roundTrip + (roundTrip < NEAR ? NEAR_MARGIN : MARGIN);
}

/** How long an answer may take while nothing piles up. */
function unhindered(roundTrip: Time): Time {
  return roundTrip < NEAR ? heldFor(roundTrip) : PILED_UP * roundTrip;
}

function wholeBlocks(bytes: number): number {
  return Math.floor(bytes / BLOCK) * BLOCK;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(Math.max(value, least), most);
}
