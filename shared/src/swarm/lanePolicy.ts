import { MINUTE, SECOND, type Time } from '../base/time.ts';

/** Milliseconds. Nearer than this one connection carries what two machines can make of it. */
export const NEAR = 15;
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
/** Whether fewer would do by now is asked more rarely: if not, some seconds of a long transfer are slower. */
const FIRST_REVIEW = MINUTE;
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
  /** How many lanes it is of, as a place in `STEPS`. */
  readonly place: number;
  /** What was received a look with the lanes there were before. */
  readonly before: number;
  looks: number;
}

/** When to try again what was not worth it: after ever longer. */
class Rest {
  #length: Time;
  #until: Time = Number.NEGATIVE_INFINITY;

  constructor(first: Time) {
    this.#length = first;
  }

  begin(now: Time): void {
    this.#until = now + this.#length;
    this.#length = Math.min(this.#length * 2, LONGEST_REST);
  }

  over(now: Time): boolean {
    return now >= this.#until;
  }
}

/**
 * How many lanes to have to one peer. Loss and a long round trip hold each back by itself, so more are tried, and kept
 * while they bring more: a line gets better, and then fewer do.
 */
export class LanePolicy {
  #kept = 0;
  #trial: Trial | undefined;
  #received: number[] = [];
  #idle = 0;
  #begun = false;
  readonly #restOfMore = new Rest(FIRST_REST);
  readonly #restOfFewer = new Rest(FIRST_REVIEW);

  /** How many to have to who is known to be far, before anything is asked of it. They go again when nothing is. */
  prepare(now: Time): number {
    if (!this.#begun && this.#kept === 0) {
      this.#kept = 1;
      this.#idle = 0;
      this.#restOfFewer.begin(now);
    }
    return this.#wanted;
  }

  /** To be asked once a second. */
  wanted(sight: LaneSight): number {
    this.#begun ||= sight.busy;
    this.#idle = sight.busy ? 0 : this.#idle + 1;
    if (this.#idle > IDLE || sight.roundTrip < NEAR) this.#end(0);
    else if (sight.busy) this.#look(sight);
    return this.#wanted;
  }

  get #wanted(): number {
    return stepAt(this.#trial?.place ?? this.#kept);
  }

  #look(sight: LaneSight): void {
    this.#received.push(sight.received);
    if (this.#trial !== undefined) this.#judge(sight, this.#trial);
    else if (this.#received.length >= (this.#kept === 0 ? FIRST_MEASURE : MEASURE)) this.#consider(sight);
  }

  #consider({ now, lanes, roundTrip }: LaneSight): void {
    const before = this.#goodput;
    const window = (before / lanes) * (roundTrip / SECOND);
    const sound = this.#kept > 0 && window > SOUND_WINDOW;
    if (lanes >= stepAt(this.#kept) && this.#kept + 1 < STEPS.length && !sound && this.#restOfMore.over(now))
      this.#try(this.#kept + 1, before);
    else if (this.#kept > 0 && this.#restOfFewer.over(now)) this.#try(this.#kept - 1, before);
  }

  #try(place: number, before: number): void {
    this.#trial = { place, before, looks: 0 };
    this.#received = [];
  }

  #judge({ now, lanes }: LaneSight, trial: Trial): void {
    trial.looks++;
    const more = trial.place > this.#kept;
    if (more ? lanes < stepAt(trial.place) : lanes > stepAt(trial.place)) {
      this.#received = [];
      if (trial.looks > PATIENCE) this.#settle(now, trial, false);
    } else if (this.#received.length >= SETTLE) {
      const [fewer, several] = more ? [trial.before, this.#goodput] : [this.#goodput, trial.before];
      this.#settle(now, trial, several >= WORTH * fewer === more);
    }
  }

  /** What was of no use is not tried again for a while, nor what would undo what was. */
  #settle(now: Time, { place }: Trial, better: boolean): void {
    const more = place > this.#kept;
    (more === better ? this.#restOfFewer : this.#restOfMore).begin(now);
    this.#end(better ? place : this.#kept);
  }

  #end(kept: number): void {
    this.#kept = kept;
    this.#trial = undefined;
    this.#received = [];
  }

  get #goodput(): number {
    return mean(this.#received.slice(-MEASURE));
  }
}

function stepAt(place: number): number {
  return STEPS[place] ?? MOST_LANES;
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, one) => sum + one, 0) / numbers.length;
}
