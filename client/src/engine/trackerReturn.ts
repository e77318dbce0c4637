import type { Random } from '@shoal/shared/base/random.ts';
import { SECOND } from '@shoal/shared/base/time.ts';

const FIRST_DELAY = 0.5 * SECOND;
const LONGEST_DELAY = 30 * SECOND;

/** When a connection that was lost, or not made, is tried again. Each call returns the milliseconds until then. */
export class TrackerReturn {
  readonly #random: Random;
  readonly #connect: () => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Until then the tracker does not want to see us. */
  #unwanted = false;
  #failures = 0;

  constructor(random: Random, connect: () => void) {
    this.#random = random;
    this.#connect = connect;
  }

  /** The connection works: the next failure is the first again. */
  succeeded(): void {
    this.#failures = 0;
  }

  /** Sooner first, then after twice as long each time, half of it more or less. */
  afterFailure(): number {
    const delay = Math.min(FIRST_DELAY * 2 ** this.#failures++, LONGEST_DELAY);
    return this.#after(delay * (0.5 + this.#random.next()));
  }

  /** Not all at the same moment. @param spread milliseconds; later than usual when nothing is said. */
  within(spread = LONGEST_DELAY): number {
    this.#unwanted = true;
    return this.#after(FIRST_DELAY + this.#random.next() * spread);
  }

  /** What happens meanwhile makes it no sooner. */
  get unwanted(): boolean {
    return this.#unwanted;
  }

  callOff(): void {
    clearTimeout(this.#timer);
  }

  #after(delay: number): number {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#unwanted = false;
      this.#connect();
    }, delay);
    return delay;
  }
}
