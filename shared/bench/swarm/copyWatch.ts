import { SECOND, type Time } from '../../src/base/time.ts';
import type { PieceIndex } from '../../src/content/layout.ts';

/** Milliseconds of virtual time between two looks. */
const INTERVAL = SECOND / 20;

interface Holder {
  readonly pieces: ReadonlySet<PieceIndex>;
}

/** Notices when a full copy is outside the seed: not in one place, but each piece somewhere. */
export class CopyWatch {
  readonly #inside: PieceIndex[];
  #nextAt: Time = 0;

  /** @param pieces all there are. */
  constructor(pieces: Iterable<PieceIndex>) {
    this.#inside = [...pieces];
  }

  /** @param outside everybody but the seed. */
  isOut(now: Time, outside: () => readonly Holder[]): boolean {
    if (now < this.#nextAt) return false;
    this.#nextAt = now + INTERVAL;
    const holders = outside();
    for (let piece = this.#inside.at(-1); piece !== undefined; piece = this.#inside.at(-1)) {
      if (!hold(holders, piece)) return false;
      this.#inside.pop();
    }
    return true;
  }
}

/** Whether somebody holds the piece. */
export function hold(holders: readonly Holder[], piece: PieceIndex): boolean {
  return holders.some(({ pieces }) => pieces.has(piece));
}
