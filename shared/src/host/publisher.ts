import type { Clock } from './ports.ts';

/** Milliseconds between two snapshots: at most ten a second. */
const INTERVAL = 100;

/** Has the page shown what has changed: at once, then at most ten times a second. */
export class Publisher {
  readonly #clock: Clock;
  readonly #publish: () => void;
  #publishedAt = Number.NEGATIVE_INFINITY;
  #pending = false;
  #cancel: (() => void) | undefined;

  constructor(clock: Clock, publish: () => void) {
    this.#clock = clock;
    this.#publish = publish;
  }

  changed(): void {
    if (this.#pending) return;
    this.#pending = true;
    this.#cancel = this.#clock.at(Math.max(this.#clock.now(), this.#publishedAt + INTERVAL), () => {
      this.#pending = false;
      this.#publishedAt = this.#clock.now();
      this.#publish();
    });
  }

  /** Nothing is shown from now on. */
  stop(): void {
    this.#pending = true;
    this.#cancel?.();
  }
}
