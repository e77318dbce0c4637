import { type Random, shuffle } from '../base/random.ts';
import type { PieceIndex } from '../content/layout.ts';
import type { PeerPieces } from './peerPieces.ts';
import type { PieceLedger } from './pieceLedger.ts';

/** While fewer pieces than this are had, any will do: the first to trade with should come soon, and rare ones come slowly. */
const RANDOM_FIRST = 4;

/** What to ask a peer for. */
export interface Choice {
  /** `new`: not begun yet. `begun`: has blocks nobody was asked for. `again`: blocks somebody else is slow to deliver. */
  readonly type: 'new' | 'begun' | 'again';
  readonly piece: PieceIndex;
}

/** What the picker asks about pieces, with regard to the peer that is to be asked for one. */
export interface Progress {
  /** A begun piece has blocks that nobody has been asked for. */
  canAsk(piece: PieceIndex): boolean;
  /** A begun piece has blocks that this peer may be asked for although somebody else has been. */
  canAskAgain(piece: PieceIndex): boolean;
  /** Pieces that the peer would rather be asked for. */
  readonly suggested?: Iterable<PieceIndex>;
  /** Nothing is asked of the peer now. */
  readonly idle?: boolean;
  /** The peer would not serve this piece, whatever its claims: it has rejected it, say. */
  refuses?(piece: PieceIndex): boolean;
}

type Test = (piece: PieceIndex) => boolean;

/** Decides which piece to ask a peer for. */
export class PiecePicker {
  readonly #pieces: PieceLedger;
  readonly #random: Random;

  constructor(pieces: PieceLedger, random: Random) {
    this.#pieces = pieces;
    this.#random = random;
  }

  /** What to ask this peer for next, if anything. The first reason that finds something decides. */
  pick(peer: PeerPieces, progress: Progress): Choice | undefined {
    if (!peer.interesting) return undefined;
    const fits: Test = (piece) => peer.has(piece) && progress.refuses?.(piece) !== true;
    return (
      // Somebody is watching: what is needed soonest.
      this.#hurried(progress, fits) ??
      // Nobody else we know of has it: only this peer's uplink can spread it, and ours then.
      this.#sole(peer, progress, fits) ??
      // A piece is of use to others, and safe from loss, only when it is whole.
      this.#begun(progress, fits) ??
      // With hardly anything to give in return: whatever comes soonest.
      this.#any(fits) ??
      // What few have may be gone soon, and is what most others want from us.
      this.#rarest(peer, fits) ??
      // Everything has been asked for, or all that this peer has while it does nothing: let the quicker one win.
      this.#again(progress, fits)
    );
  }

  #hurried(progress: Progress, fits: Test): Choice | undefined {
    for (const piece of this.#pieces.hurried) {
      if (!this.#pieces.isSought(piece) || !fits(piece)) continue;
      if (this.#pieces.state(piece) === 'missing') return { type: 'new', piece };
      if (progress.canAsk(piece)) return { type: 'begun', piece };
    }
    return undefined;
  }

  #begun(progress: Progress, fits: Test): Choice | undefined {
    for (const piece of this.#pieces.begun)
      if (this.#pieces.isSought(piece) && fits(piece) && progress.canAsk(piece))
        return { type: 'begun', piece };
    return undefined;
  }

  #sole(peer: PeerPieces, progress: Progress, fits: Test): Choice | undefined {
    const isSole: Test = (piece) => this.#pieces.availability(piece) === 1 && fits(piece);
    const { first, normal } = this.#pieces.open;
    const level = leastLevel(peer);
    return (
      this.#begun(progress, isSole) ??
      // A seeder names each of us others, so that none of us waits for what another is getting.
      this.#suggested(progress, isSole) ??
      asNew(first.on(level, this.#random, isSole) ?? normal.on(level, this.#random, isSole))
    );
  }

  #suggested(progress: Progress, isSole: Test): Choice | undefined {
    for (const piece of progress.suggested ?? [])
      if (this.#pieces.state(piece) === 'missing' && this.#pieces.isSought(piece) && isSole(piece))
        return { type: 'new', piece };
    return undefined;
  }

  #any(fits: Test): Choice | undefined {
    if (this.#pieces.had >= RANDOM_FIRST) return undefined;
    const { first, normal } = this.#pieces.open;
    return asNew(first.any(this.#random, fits) ?? normal.any(this.#random, fits));
  }

  #rarest(peer: PeerPieces, fits: Test): Choice | undefined {
    const least = leastLevel(peer);
    const { first, normal } = this.#pieces.open;
    return asNew(first.lowest(this.#random, least, fits) ?? normal.lowest(this.#random, least, fits));
  }

  #again(progress: Progress, fits: Test): Choice | undefined {
    if (!this.#pieces.allBegun && progress.idle !== true) return undefined;
    const piece = shuffle(this.#random, [...this.#pieces.begun]).find(
      (each) => this.#pieces.isSought(each) && fits(each) && progress.canAskAgain(each),
    );
    return piece === undefined ? undefined : { type: 'again', piece };
  }
}

/** A piece of a peer that has not everything is counted at least once. */
function leastLevel(peer: PeerPieces): 0 | 1 {
  return peer.hasAll ? 0 : 1;
}

function asNew(piece: PieceIndex | undefined): Choice | undefined {
  return piece === undefined ? undefined : { type: 'new', piece };
}
