import { Bitfield } from '../base/bitfield.ts';
import type { Bytes } from '../base/bytes.ts';

const MAX_EARLY_HAVES = 10_000;

export type Opening =
  { readonly type: 'none' } | { readonly type: 'all' } | { readonly type: 'bits'; readonly bits: Bytes };

/**
 * What a peer says it has. Before the metainfo is known nothing can be checked, so the claims are kept as they came,
 * within a bound, and settled once the number of pieces is known.
 */
export class Claims {
  #opening: Opening = { type: 'none' };
  readonly #early = new Set<number>();
  #bitfield: Bitfield | undefined;

  /** What is claimed; nothing before `settle`. */
  get bitfield(): Bitfield | undefined {
    return this.#bitfield;
  }

  /** A bitfield, have-all or have-none: BEP 3 and BEP 6 allow one, first. False when it is wrong. */
  open(opening: Opening): boolean {
    if (this.#bitfield === undefined) {
      this.#opening = opening;
      return true;
    }
    const bitfield = read(opening, this.#bitfield.length);
    if (bitfield === undefined) return false;
    this.#bitfield = bitfield;
    return true;
  }

  /** `known` when it was claimed before: nothing changes. */
  have(piece: number): 'new' | 'known' | 'invalid' {
    if (this.#bitfield === undefined) {
      if (this.#early.size >= MAX_EARLY_HAVES) return 'invalid';
      this.#early.add(piece);
      return 'known';
    }
    if (piece >= this.#bitfield.length) return 'invalid';
    if (this.#bitfield.has(piece)) return 'known';
    this.#bitfield.set(piece);
    return 'new';
  }

  /** Says how many pieces there are. False when the claims made so far do not fit that. */
  settle(pieces: number): boolean {
    const bitfield = read(this.#opening, pieces);
    if (bitfield === undefined) return false;
    for (const piece of this.#early) {
      if (piece >= pieces) return false;
      bitfield.set(piece);
    }
    this.#early.clear();
    this.#bitfield = bitfield;
    return true;
  }
}

function read(opening: Opening, pieces: number): Bitfield | undefined {
  switch (opening.type) {
    case 'none':
      return new Bitfield(pieces);
    case 'all':
      return Bitfield.full(pieces);
    case 'bits':
      return Bitfield.parse(opening.bits, pieces);
  }
}
