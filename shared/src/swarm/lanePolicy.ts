import { MINUTE, SECOND, type Time } from '../base/time.ts';

/** Milliseconds. Nearer than this one connection carries what two machines can make of it. */
const NEAR = 15;
/** What is tried next, beside the number there is. */
const STEPS = [1, 4, 8] as const;
/** Further lanes are kept when they bring so much more. */
const WORTH = 1.15;
/** A lane that carries so many bytes in a round trip, some twenty packets, recovers what is lost by itself. */
const SOUND_WINDOW = 24 * 1024;
/** Looks that make a measurement; a new lane's first is its slow start. */
const MEASURE = 2;
/** Looks until the first trial: what one lane does not carry is felt at once. */
const FIRST_MEASURE = 1;
const SETTLE = MEASURE + 1;
/** Looks until who has nothing to send needs one lane only. */
const IDLE = 20;
/** What could not be opened by then will not be. */
const PATIENCE = 5;
const FIRST_REST = 10 * SECOND;
const LONGEST_REST = 5 * MINUTE;

/** The most lanes that there ever are to one peer. */
export const MOST_LANES = Math.max(...STEPS);

/** What is seen of a peer since the last look, about a second ago. */
export interface LaneSight {
  readonly now: Time;
  /** Those that are open, the first among them. */
  readonly lanes: number;
  /** Bytes of pieces received. */
  readonly received: number;
  /** Something has been on order all the time. */
  readonly busy: boolean;
  /** From asking to the answer at the soonest, in milliseconds. */
  readonly roundTrip: Time;
}

interface Trial {
  /** What was received a look with the lanes there were before. */
  readonly before: number;
  looks: number;
}

/**
 * How many lanes to have to one peer. Loss and a long round trip hold each back by itself, so more are tried, and kept
 * while they bring more; what does not is tried again after ever longer.
 */
export class LanePolicy {
  #kept = 0;
  #trial: Trial | undefined;
  #received: number[] = [];
  #idle = 0;
  #rest = FIRST_REST;
  #restUntil: Time = Number.NEGATIVE_INFINITY;

  /** To be asked once a second. */
  wanted(sight: LaneSight): number {
    this.#idle = sight.busy ? 0 : this.#idle + 1;
    if (this.#idle > IDLE || sight.roundTrip < NEAR) this.#end(0);
    else if (sight.busy) this.#look(sight);
    return this.#trial === undefined ? stepAt(this.#kept) : stepAt(this.#kept + 1);
  }

  #look(sight: LaneSight): void {
    this.#received.push(sight.received);
    if (this.#trial === undefined) this.#consider(sight);
    else this.#judge(sight, this.#trial);
  }

  #consider({ now, lanes, roundTrip }: LaneSight): void {
    if (lanes < stepAt(this.#kept) || this.#kept + 1 >= STEPS.length || now < this.#restUntil) return;
    if (this.#received.length < (this.#kept === 0 ? FIRST_MEASURE : MEASURE)) return;
    const before = mean(this.#received.slice(-MEASURE));
    const window = (before / lanes) * (roundTrip / SECOND);
    if (this.#kept > 0 && window > SOUND_WINDOW) return;
    this.#trial = { before, looks: 0 };
    this.#received = [];
  }

  #judge({ now, lanes }: LaneSight, trial: Trial): void {
    trial.looks++;
    if (lanes < stepAt(this.#kept + 1)) {
      this.#received = [];
      if (trial.looks > PATIENCE) this.#fail(now);
    } else if (this.#received.length >= SETTLE) {
      const worth = mean(this.#received.slice(-MEASURE)) >= WORTH * trial.before;
      if (worth) this.#end(this.#kept + 1);
      else this.#fail(now);
    }
  }

  #fail(now: Time): void {
    this.#restUntil = now + this.#rest;
    this.#rest = Math.min(this.#rest * 2, LONGEST_REST);
    this.#trial = undefined;
    this.#received = [];
  }

  #end(kept: number): void {
    this.#kept = kept;
    this.#trial = undefined;
    this.#received = [];
  }
}

function stepAt(place: number): number {
  return STEPS[place] ?? MOST_LANES;
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
}
