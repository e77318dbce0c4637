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
  #opening: Opening | undefined;
  /** What was last said of single pieces. */
  readonly #early = new Map<number, 'has' | 'lost'>();
  #bitfield: Bitfield | undefined;

  /** What is claimed; nothing before `settle`. */
  get bitfield(): Bitfield | undefined {
    return this.#bitfield;
  }

  /** A bitfield, have-all or have-none: BEP 3 and BEP 6 allow one. False when it is wrong, or not the first. */
  open(opening: Opening): boolean {
    if (this.#opening !== undefined) return false;
    this.#opening = opening;
    for (const [piece, word] of this.#early) if (word === 'lost') this.#early.delete(piece);
    return this.#bitfield === undefined || this.#add(this.#bitfield, opening);
  }

  /** `known` when it was claimed before: nothing changes. `early`: it can't be told before `settle`. */
  have(piece: number): 'new' | 'known' | 'early' | 'invalid' {
    if (this.#bitfield === undefined) return this.#sayEarly(piece, 'has') ? 'early' : 'invalid';
    if (piece >= this.#bitfield.length) return 'invalid';
    if (this.#bitfield.has(piece)) return 'known';
    this.#bitfield.set(piece);
    return 'new';
  }

  /** A have is taken back (BEP 54): a peer that has everything counts no more as one that has. */
  lost(piece: number): 'lost' | 'unknown' | 'early' | 'invalid' {
    if (this.#bitfield === undefined) return this.#sayEarly(piece, 'lost') ? 'early' : 'invalid';
    if (piece >= this.#bitfield.length) return 'invalid';
    if (!this.#bitfield.has(piece)) return 'unknown';
    this.#bitfield.clear(piece);
    return 'lost';
  }

  /** Says how many pieces there are. False when the claims made so far do not fit that. */
  settle(pieces: number): boolean {
    const bitfield = new Bitfield(pieces);
    if (!this.#add(bitfield, this.#opening ?? { type: 'none' })) return false;
    for (const [piece, word] of this.#early) {
      if (piece >= pieces) return false;
      if (word === 'has') bitfield.set(piece);
      else bitfield.clear(piece);
    }
    this.#early.clear();
    this.#bitfield = bitfield;
    return true;
  }

  #sayEarly(piece: number, word: 'has' | 'lost'): boolean {
    if (this.#early.size >= MAX_EARLY_HAVES && !this.#early.has(piece)) return false;
    this.#early.set(piece, word);
    return true;
  }

  #add(bitfield: Bitfield, opening: Opening): boolean {
    const opened = read(opening, bitfield.length);
    if (opened === undefined) return false;
    for (const piece of opened.indices()) bitfield.set(piece);
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
