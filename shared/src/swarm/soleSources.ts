import type { PeerId } from '../base/ids.ts';
import type { PieceIndex } from '../content/layout.ts';
import type { Failure } from './blame.ts';

interface Entry {
  readonly failure: Failure;
  by: PeerId | undefined;
}

/**
 * Pieces that failed, and whose true hashes nobody could tell: each is fetched from one peer alone. If it fails again
 * its author is known; if it does not, comparing the two versions tells who lied the first time.
 */
export class SoleSources {
  readonly #entries = new Map<PieceIndex, Entry>();

  add(failure: Failure): void {
    this.#entries.set(failure.piece, { failure, by: undefined });
  }

  /** Somebody else has been chosen for the piece. */
  isBarred(piece: PieceIndex, peer: PeerId): boolean {
    const by = this.#entries.get(piece)?.by;
    return by !== undefined && by !== peer;
  }

  /** The first to be asked is the one. */
  asked(piece: PieceIndex, peer: PeerId): void {
    const entry = this.#entries.get(piece);
    if (entry !== undefined) entry.by ??= peer;
  }

  /** Anybody may be chosen anew. */
  release(piece: PieceIndex): void {
    const entry = this.#entries.get(piece);
    if (entry !== undefined) entry.by = undefined;
  }

  /** Pieces that this peer alone is asked for. */
  of(peer: PeerId): PieceIndex[] {
    return [...this.#entries].filter(([, { by }]) => by === peer).map(([piece]) => piece);
  }

  /** The piece is here: what was wrong with it before, if it had failed. */
  settle(piece: PieceIndex): Failure | undefined {
    const failure = this.#entries.get(piece)?.failure;
    this.#entries.delete(piece);
    return failure;
  }
}
