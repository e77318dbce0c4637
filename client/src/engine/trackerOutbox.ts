import type { Clock } from '@shoal/shared/host/ports.ts';
import { Allowance } from '@shoal/shared/tracker/allowance.ts';
import { CONNECTION_MESSAGES } from '@shoal/shared/tracker/limit.ts';

export interface Parcel {
  /** In messages, as the tracker counts them. */
  readonly cost: number;
  send(): void;
  /** It will not be sent any more. */
  lost(): void;
}

/** Some room below the tracker's limit: it also counts answers to pings, and messages bunch up on their way. */
const SHARE = 0.8;
const PACE = { rate: CONNECTION_MESSAGES.rate * SHARE, burst: CONNECTION_MESSAGES.burst * SHARE };
const MOST_WAITING = 1000;

/** What goes to a tracker, in order and no faster than it takes it. */
export class TrackerOutbox {
  readonly #clock: Clock;
  readonly #waiting: Parcel[] = [];
  #allowance: Allowance;
  #callOff: () => void = () => undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#allowance = new Allowance(PACE, clock.now());
  }

  put(parcel: Parcel): void {
    if (this.#waiting.length >= MOST_WAITING) {
      parcel.lost();
      return;
    }
    this.#waiting.push(parcel);
    this.#flush();
  }

  /** The connection is lost, and what waited for it too. A new one starts with a full allowance. */
  clear(): void {
    this.#callOff();
    this.#allowance = new Allowance(PACE, this.#clock.now());
    for (const parcel of this.#waiting.splice(0)) parcel.lost();
  }

  #flush(): void {
    this.#callOff();
    const now = this.#clock.now();
    for (;;) {
      const [next] = this.#waiting;
      if (next === undefined) return;
      if (!this.#allowance.take(now, next.cost)) break;
      this.#waiting.shift();
      next.send();
    }
    const wait = this.#allowance.wait(now, this.#waiting[0]?.cost);
    this.#callOff = this.#clock.at(now + wait, () => this.#flush());
  }
}
