import type { PeerId } from '../base/ids.ts';
import type { Time } from '../base/time.ts';
import type { PieceIndex } from '../content/layout.ts';
import type { Peer } from './peer.ts';
import type { PieceLedger } from './pieceLedger.ts';
import { Supplier } from './supplier.ts';

/** Everybody who has said what it has, and who of them may have room for a request. */
export class Suppliers {
  readonly #ledger: PieceLedger;
  readonly #suppliers = new Map<PeerId, Supplier>();
  /** Those whom to look at: of all others there was nothing to ask, and nothing has changed since. */
  readonly #ready = new Set<Supplier>();

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
    this.#ready.delete(supplier);
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
  get ready(): Iterable<Supplier> {
    return this.#ready;
  }

  /** There is nothing to ask of it now. */
  rest(supplier: Supplier): void {
    this.#ready.delete(supplier);
  }

  /** There may be something to ask of it again. */
  rouse(supplier: Supplier): void {
    if (!supplier.peer.chokesUs) this.#ready.add(supplier);
  }

  rouseAll(): void {
    for (const supplier of this.#suppliers.values()) this.rouse(supplier);
  }
}
