import type { PeerId } from '../base/ids.ts';
import type { Time } from '../base/time.ts';
import type { PieceIndex } from '../content/layout.ts';
import type { Peer } from './peer.ts';
import type { PieceLedger } from './pieceLedger.ts';
import { Supplier } from './supplier.ts';

/** Everybody who has said what it has, and who of them there is nothing to ask of for now. */
export class Suppliers {
  readonly #ledger: PieceLedger;
  readonly #suppliers = new Map<PeerId, Supplier>();
  /** Found nothing to ask for, until something changes. */
  readonly #idle = new Set<Supplier>();

  constructor(ledger: PieceLedger) {
    this.#ledger = ledger;
  }

  get(peer: PeerId): Supplier | undefined {
    return this.#suppliers.get(peer);
  }

  [Symbol.iterator](): Iterator<Supplier> {
    return this.#suppliers.values();
  }

  /** The peer has said all it has, at the beginning or anew. */
  claimed(peer: Peer): void {
    const { bitfield } = peer.claims;
    if (bitfield === undefined) return;
    const supplier = this.#suppliers.get(peer.id);
    if (supplier === undefined) this.#suppliers.set(peer.id, new Supplier(peer, this.#ledger.join(bitfield)));
    else supplier.pieces.claims(bitfield);
    this.rouseAll();
  }

  gained(peer: PeerId, piece: PieceIndex): void {
    const supplier = this.#suppliers.get(peer);
    if (supplier === undefined) return;
    supplier.forgive(piece);
    supplier.pieces.gained(piece);
    this.rouse(supplier);
  }

  /** The peer has taken back what it said of a piece (BEP 54). */
  lost(peer: PeerId, piece: PieceIndex): void {
    this.#suppliers.get(peer)?.pieces.lost(piece);
  }

  unchoked(peer: PeerId): void {
    const supplier = this.#suppliers.get(peer);
    if (supplier === undefined) return;
    supplier.forgive();
    this.rouse(supplier);
  }

  left(supplier: Supplier): void {
    this.#suppliers.delete(supplier.peer.id);
    this.#ledger.leave(supplier.pieces);
    this.rouseAll();
  }

  /** Whether somebody else has the piece. */
  hasOther(supplier: Supplier, piece: PieceIndex): boolean {
    return [...this.#suppliers.values()].some((each) => each !== supplier && each.pieces.has(piece));
  }

  /** Refusals and ended requests are not remembered for ever. */
  forget(now: Time): void {
    for (const supplier of this.#suppliers.values()) if (supplier.forget(now)) this.rouse(supplier);
  }

  /** May be asked for something, as far as is known. */
  isReady(supplier: Supplier): boolean {
    return !supplier.peer.chokesUs && !this.#idle.has(supplier);
  }

  /** There is nothing to ask of it. */
  rest(supplier: Supplier): void {
    this.#idle.add(supplier);
  }

  /** There may be something to ask of it again. */
  rouse(supplier: Supplier): void {
    this.#idle.delete(supplier);
  }

  rouseAll(): void {
    this.#idle.clear();
  }
}
