import { SECOND, type Time } from '../base/time.ts';

/** A path may be gone for a moment only, and come back by itself. */
const PATIENCE = 2 * SECOND;
/** Where only the network was away and the address is the same, what was under way gets through again so soon. */
const PATIENCE_AFTER_CHANGE = SECOND;
/** The tracker may be there again that long before the browser notices that a path is gone. */
const NOTICING = 15 * SECOND;

/** How signals have fared. */
export interface Signalling {
  /** When the connection to the tracker was made last. */
  backAt: Time;
  /** When the tracker answered last. */
  answeredAt: Time;
}

/**
 * Whether the path to a peer still leads there. Whatever comes over it shows that it does. Only who has reason to think
 * that its own network is another makes a connection anew: where the other side is away, the old one may yet go on.
 */
export class PathDoubt {
  readonly #since: Time;
  #goneAt: Time | undefined;
  #changedAt: Time | undefined;

  /** @param since when the path was made. */
  constructor(since: Time) {
    this.#since = since;
  }

  /** Nothing comes any more, as far as the Transport can see. */
  gone(now: Time): void {
    this.#goneAt ??= now;
  }

  /** Our own address may be another. */
  networkChanged(now: Time): void {
    this.#changedAt = now;
  }

  dispel(): void {
    this.#goneAt = undefined;
    this.#changedAt = undefined;
  }

  /** The path has had its time, and signals get through to make another. */
  isOver(now: Time, { backAt, answeredAt }: Signalling): boolean {
    if (answeredAt < backAt) return false;
    if (this.#changedAt !== undefined && answeredAt >= this.#changedAt)
      return now - this.#changedAt >= PATIENCE_AFTER_CHANGE;
    if (this.#goneAt === undefined) return false;
    // The way to the tracker was lost as well: that is our end of both.
    const lostTogether = backAt > this.#since && backAt >= this.#goneAt - NOTICING;
    return lostTogether && now - this.#goneAt >= PATIENCE;
  }
}
