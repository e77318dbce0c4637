import type { Time } from '../base/time.ts';

const WINDOW = 250;
const WINDOWS = 20;
const EPOCH = 10_000;

/**
 * What a path delivered at its best of late, and how soon at its soonest: their product is what it holds, and a queue
 * of our own making changes neither (as in BBR).
 */
export class PathMeter {
  /** Bytes in each window, the present one first. */
  readonly #windows: number[] = [];
  #window = Number.NEGATIVE_INFINITY;
  #roundTrip = Number.POSITIVE_INFINITY;
  #epoch: { readonly since: Time; readonly least: Time } | undefined;

  /** From asking to the answer at the soonest, in milliseconds; infinite before the first answer. */
  get roundTrip(): Time {
    return this.#roundTrip;
  }

  /** Bytes a second in the best of the windows that are over; nothing before the first is. */
  bandwidth(now: Time): number | undefined {
    this.#advance(now);
    if (this.#windows.length < 2) return undefined;
    let best = 0;
    for (let place = 1; place < this.#windows.length; place++)
      best = Math.max(best, this.#windows[place] ?? 0);
    return (best / WINDOW) * 1000;
  }

  /** @param most what a trip may take because of our own queue: all trips of some time being twice as long, the path is. */
  received(now: Time, length: number, trip: Time, most: (roundTrip: Time) => Time): void {
    this.#advance(now);
    this.#windows[0] = (this.#windows[0] ?? 0) + length;
    this.#roundTrip = Math.min(this.#roundTrip, trip);
    const { since, least } = this.#epoch ?? { since: now, least: trip };
    this.#epoch = { since, least: Math.min(least, trip) };
    if (now - since < EPOCH) return;
    if (least > 2 * most(this.#roundTrip)) this.#roundTrip = least;
    this.#epoch = undefined;
  }

  #advance(now: Time): void {
    const window = Math.floor(now / WINDOW);
    if (!Number.isFinite(this.#window)) this.#window = window;
    const passed = window - this.#window;
    this.#window = window;
    if (this.#windows.length === 0 || passed === 0) return;
    for (let empty = Math.min(passed, WINDOWS); empty > 0; empty--) this.#windows.unshift(0);
    this.#windows.length = Math.min(this.#windows.length, WINDOWS + 1);
  }
}
