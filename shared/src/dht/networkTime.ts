import type { LinkKey } from './link.ts';
import type { Seconds } from './stamp.ts';

/** Fewer than that say nothing that is worth more than our own clock. */
const LEAST = 3;

/**
 * What the network takes for the time: our own clock, put right by what is in the middle of what the others' clocks
 * say. A clock that is a day off hinders nobody, and no few liars move it.
 */
export class NetworkTime {
  readonly #wall: () => number;
  /** How far each link's clock was ahead of ours, in seconds. */
  readonly #offsets = new Map<LinkKey, number>();
  /** What is in the middle of them. */
  #offset = 0;

  /** @param wall milliseconds since 1970, by our own clock. */
  constructor(wall: () => number) {
    this.#wall = wall;
  }

  heard(link: LinkKey, time: Seconds): void {
    this.#offsets.set(link, time - this.#own());
    this.#offset = this.#middle();
  }

  left(link: LinkKey): void {
    if (this.#offsets.delete(link)) this.#offset = this.#middle();
  }

  get seconds(): Seconds {
    return Math.max(this.#own() + this.#offset, 0);
  }

  #middle(): number {
    const sorted = [...this.#offsets.values(), 0].sort((a, b) => a - b);
    return sorted.length > LEAST ? (sorted[sorted.length >> 1] ?? 0) : 0;
  }

  #own(): Seconds {
    return Math.floor(this.#wall() / 1000);
  }
}
