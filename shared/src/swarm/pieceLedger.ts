import type { Bitfield } from '../base/bitfield.ts';
import type { Time } from '../base/time.ts';
import type { PieceIndex, PieceLayout } from '../content/layout.ts';
import { Levels } from './levels.ts';
import { PeerPieces } from './peerPieces.ts';

/** A piece is in exactly one state. `storing`: whole, and being verified or written. */
export type PieceState = 'missing' | 'begun' | 'storing' | 'had';

/** `left-out` pieces are not fetched; `first` ones come before all `normal` ones. */
export type Priority = 'left-out' | 'normal' | 'first';

/**
 * What is known of each piece: its state here, how much it is wanted, how many peers have it. Everything derived from
 * that is kept as it changes, never counted anew. Holds no clock: deadlines are compared with one another only.
 */
export class PieceLedger {
  readonly #layout: PieceLayout;
  readonly #turned: () => void;
  readonly #peers = new Set<PeerPieces>();
  readonly #states: PieceState[];
  readonly #priorities = new Map<PieceIndex, Exclude<Priority, 'normal'>>();
  readonly #deadlines = new Map<PieceIndex, Time>();
  readonly #begun = new Set<PieceIndex>();
  /** How many have each piece, those who have everything left aside. */
  readonly #counts: Uint16Array;
  #hurried: readonly PieceIndex[] = [];
  #everyone = 0;
  #sought = 0;
  #had = 0;
  #left = 0;

  /** Pieces to begin, each on the level of how many have it, those who have everything left aside. */
  readonly open: Readonly<Record<Exclude<Priority, 'left-out'>, Levels<PieceIndex>>>;

  /**
   * All pieces are missing and wanted.
   *
   * @param turned called when some peer has become interesting, or is so no longer.
   */
  constructor(layout: PieceLayout, turned: () => void = () => undefined) {
    this.#layout = layout;
    this.#turned = turned;
    this.#states = new Array<PieceState>(layout.pieces).fill('missing');
    this.#counts = new Uint16Array(layout.pieces);
    this.open = { first: new Levels(layout.pieces), normal: new Levels(layout.pieces) };
    for (const piece of layout.indices()) this.#enter(piece);
  }

  /** How many pieces are had. */
  get had(): number {
    return this.#had;
  }

  /** How many of the pieces that are wanted are not had yet. */
  get left(): number {
    return this.#left;
  }

  /** In the order they were begun. */
  get begun(): ReadonlySet<PieceIndex> {
    return this.#begun;
  }

  /** Pieces with a deadline that are not had, soonest first. */
  get hurried(): readonly PieceIndex[] {
    return this.#hurried;
  }

  /** Nothing that somebody has is left to begin. */
  get allBegun(): boolean {
    const { first, normal } = this.open;
    const unavailable = this.#everyone === 0 ? first.sizeOf(0) + normal.sizeOf(0) : 0;
    return first.size + normal.size === unavailable;
  }

  state(piece: PieceIndex): PieceState {
    return this.#states[piece] ?? 'missing';
  }

  /** Wanted, and not whole yet. */
  isSought(piece: PieceIndex): boolean {
    const state = this.#states[piece];
    return (state === 'missing' || state === 'begun') && this.#isWanted(piece);
  }

  /** How many connected peers have the piece. */
  availability(piece: PieceIndex): number {
    return this.#everyone + (this.#counts[piece] ?? 0);
  }

  /** A peer has come. What is returned wants to be told of every change in what it has. */
  join(claimed: Bitfield): PeerPieces {
    const events = {
      counted: (piece: PieceIndex, by: 1 | -1) => this.#count(piece, by),
      countedAll: (by: 1 | -1) => (this.#everyone += by),
      isSought: (piece: PieceIndex) => this.isSought(piece),
      sought: () => this.#sought,
      turned: () => this.#turned(),
    };
    const peer = new PeerPieces(events, this.#layout, claimed);
    this.#peers.add(peer);
    return peer;
  }

  leave(peer: PeerPieces): void {
    if (this.#peers.delete(peer)) peer.clear();
  }

  /** @param deadline when the pieces are needed, if there is such a time: they come before all others then. */
  want(pieces: Iterable<PieceIndex>, priority: Priority, deadline?: Time): void {
    for (const piece of pieces) {
      this.#change(piece, () => {
        if (priority === 'normal') this.#priorities.delete(piece);
        else this.#priorities.set(piece, priority);
      });
      if (deadline === undefined) this.#deadlines.delete(piece);
      else this.#deadlines.set(piece, deadline);
    }
    this.#sortHurried();
  }

  move(piece: PieceIndex, to: PieceState): void {
    this.#change(piece, () => (this.#states[piece] = to));
    if (this.#deadlines.has(piece)) this.#sortHurried();
  }

  #isWanted(piece: PieceIndex): boolean {
    return this.#priorities.get(piece) !== 'left-out';
  }

  #count(piece: PieceIndex, by: 1 | -1): void {
    const count = this.#counts[piece] ?? 0;
    this.#counts[piece] = count + by;
    const open = this.#openOf(piece);
    open?.remove(piece, count);
    open?.add(piece, count + by);
  }

  /** Where the piece waits to be begun, if it does. */
  #openOf(piece: PieceIndex): Levels<PieceIndex> | undefined {
    if (this.#states[piece] !== 'missing') return undefined;
    const priority = this.#priorities.get(piece) ?? 'normal';
    return priority === 'left-out' ? undefined : this.open[priority];
  }

  /** Every change of state or priority passes here, so that all that is derived from them stays true. */
  #change(piece: PieceIndex, change: () => unknown): void {
    const before = this.isSought(piece);
    this.#withdraw(piece);
    change();
    this.#enter(piece);
    const after = this.isSought(piece);
    if (before !== after) for (const peer of this.#peers) peer.soughtChanged(piece, after ? 1 : -1);
  }

  #enter(piece: PieceIndex): void {
    this.#openOf(piece)?.add(piece, this.#counts[piece] ?? 0);
    this.#tally(piece, 1);
    if (this.#states[piece] === 'begun') this.#begun.add(piece);
    else this.#begun.delete(piece);
  }

  #withdraw(piece: PieceIndex): void {
    this.#openOf(piece)?.remove(piece, this.#counts[piece] ?? 0);
    this.#tally(piece, -1);
  }

  #tally(piece: PieceIndex, by: 1 | -1): void {
    const had = this.#states[piece] === 'had';
    if (had) this.#had += by;
    if (!had && this.#isWanted(piece)) this.#left += by;
    if (this.isSought(piece)) this.#sought += by;
  }

  #sortHurried(): void {
    const due = [...this.#deadlines].filter(([piece]) => this.state(piece) !== 'had');
    this.#hurried = due.sort(([a, x], [b, y]) => x - y || a - b).map(([piece]) => piece);
  }
}
