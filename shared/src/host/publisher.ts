import type { Clock } from './ports.ts';

/** Milliseconds between two snapshots, where something has happened. */
const INTERVAL = 100;
/** Where only more bytes have come or gone: drawing that more often costs a busy machine a part of its rate. */
const PROGRESS_INTERVAL = 250;

/** Who is told that there is something to show. */
export interface Changes {
  /** Something has happened that a person waits for, or has asked for. */
  changed(): void;
  /** A number has grown. */
  progressed(): void;
}

/** Has the page shown what has changed: at once after a quiet time, then now and again. */
export class Publisher implements Changes {
  readonly #clock: Clock;
  readonly #publish: () => void;
  #publishedAt = Number.NEGATIVE_INFINITY;
  /** When the next is published; infinite when there is nothing new. */
  #dueAt = Number.POSITIVE_INFINITY;
  #cancel: (() => void) | undefined;

  constructor(clock: Clock, publish: () => void) {
    this.#clock = clock;
    this.#publish = publish;
  }

  changed(): void {
    this.#plan(this.#publishedAt + INTERVAL);
  }

  progressed(): void {
    this.#plan(this.#publishedAt + PROGRESS_INTERVAL);
  }

  /** Nothing is shown from now on. */
  stop(): void {
    this.#cancel?.();
    this.#dueAt = Number.NEGATIVE_INFINITY;
  }

  #plan(soonest: number): void {
    // Called by the thousand: not even the clock is looked at while something is planned.
    if (soonest >= this.#dueAt) return;
    const dueAt = Math.max(soonest, this.#clock.now());
    if (dueAt >= this.#dueAt) return;
    this.#cancel?.();
    this.#dueAt = dueAt;
    this.#cancel = this.#clock.at(dueAt, () => {
      this.#dueAt = Number.POSITIVE_INFINITY;
      this.#publishedAt = this.#clock.now();
      this.#publish();
    });
  }
}
