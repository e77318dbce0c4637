import { Bitfield } from '../base/bitfield.ts';
import type { PieceIndex, PieceLayout } from '../content/layout.ts';

/** What the picker wants to be told of a peer's pieces. */
export interface PeerPiecesEvents {
  /** A piece is there once more, or once less. */
  counted(piece: PieceIndex, by: 1 | -1): void;
  /** A peer that has everything came or went: nothing is counted piece by piece. */
  countedAll(by: 1 | -1): void;
  isSought(piece: PieceIndex): boolean;
  /** How many pieces are sought. */
  sought(): number;
  /** The peer has become interesting, or is so no longer. */
  turned(): void;
}

/** The pieces one peer says it has, and how many of them we seek. */
export class PeerPieces {
  readonly #events: PeerPiecesEvents;
  readonly #layout: PieceLayout;
  readonly #claimed: Bitfield;
  /** Counted as one that has everything. */
  #all = false;
  #interesting = 0;

  constructor(events: PeerPiecesEvents, layout: PieceLayout, claimed: Bitfield) {
    this.#events = events;
    this.#layout = layout;
    this.#claimed = new Bitfield(layout.pieces);
    this.claims(claimed);
  }

  /** Has at least one piece we seek: BEP 3's "interested". */
  get interesting(): boolean {
    return this.#interesting > 0;
  }

  /** Came with everything. One that became complete piece by piece may still be counted by the piece. */
  get hasAll(): boolean {
    return this.#all;
  }

  has(piece: PieceIndex): boolean {
    return this.#all || this.#claimed.has(piece);
  }

  /** Replaces everything said before. */
  claims(claimed: Bitfield): void {
    this.clear();
    this.#all = claimed.complete;
    if (this.#all) {
      this.#events.countedAll(1);
      this.#interest(this.#events.sought());
    } else if (claimed.count > 0)
      for (const piece of this.#layout.indices()) if (claimed.has(piece)) this.gained(piece);
  }

  gained(piece: PieceIndex): void {
    if (this.has(piece)) return;
    this.#claimed.set(piece);
    this.#count(piece, 1);
  }

  /** The peer has lost a piece (BEP 54). */
  lost(piece: PieceIndex): void {
    if (!this.has(piece)) return;
    if (this.#all) this.claims(allBut(this.#layout, piece));
    else this.#uncount(piece);
  }

  /** From now on the peer has nothing. */
  clear(): void {
    if (this.#all) this.#events.countedAll(-1);
    else if (this.#claimed.count > 0)
      for (const piece of this.#layout.indices()) if (this.#claimed.has(piece)) this.#uncount(piece);
    this.#all = false;
    this.#interest(-this.#interesting);
  }

  /** A piece is sought from now on, or no longer. */
  soughtChanged(piece: PieceIndex, by: 1 | -1): void {
    if (this.has(piece)) this.#interest(by);
  }

  #uncount(piece: PieceIndex): void {
    this.#claimed.clear(piece);
    this.#count(piece, -1);
  }

  #count(piece: PieceIndex, by: 1 | -1): void {
    this.#events.counted(piece, by);
    if (this.#events.isSought(piece)) this.#interest(by);
  }

  #interest(by: number): void {
    const before = this.interesting;
    this.#interesting += by;
    if (this.interesting !== before) this.#events.turned();
  }
}

function allBut(layout: PieceLayout, lost: PieceIndex): Bitfield {
  const rest = Bitfield.full(layout.pieces);
  rest.clear(lost);
  return rest;
}
