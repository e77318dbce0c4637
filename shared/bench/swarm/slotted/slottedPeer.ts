import { Bitfield } from '../../../src/base/bitfield.ts';
import type { Random } from '../../../src/base/random.ts';
import type { PieceIndex, PieceLayout } from '../../../src/content/layout.ts';
import type { PeerPieces } from '../../../src/swarm/peerPieces.ts';
import { PieceLedger } from '../../../src/swarm/pieceLedger.ts';
import { PiecePicker, type Progress } from '../../../src/swarm/piecePicker.ts';

/** Pieces that a downlink takes in a slot: a default line's 1500 kbit/s down to its 400 up. */
const DOWN = 3;

/** A peer of the slotted world: the production picker and ledger, and nothing else of a peer. */
export class SlottedPeer {
  readonly #layout: PieceLayout;
  readonly #ledger: PieceLedger;
  readonly #picker: PiecePicker;
  /** What each neighbour has. */
  readonly #views = new Map<SlottedPeer, PeerPieces>();
  readonly #receiving: PieceIndex[] = [];

  constructor(layout: PieceLayout, random: Random, has: 'all' | 'nothing') {
    this.#layout = layout;
    this.#ledger = new PieceLedger(layout);
    this.#picker = new PiecePicker(this.#ledger, random);
    if (has === 'all') for (const piece of layout.indices()) this.#ledger.move(piece, 'had');
  }

  get complete(): boolean {
    return this.#ledger.left === 0;
  }

  get neighbours(): readonly SlottedPeer[] {
    return [...this.#views.keys()];
  }

  /** Pieces it has, or will have at the end of the slot. */
  get pieces(): number {
    return this.#ledger.had + this.#receiving.length;
  }

  meet(other: SlottedPeer): void {
    const { pieces } = this.#layout;
    this.#views.set(other, this.#ledger.join(other.complete ? Bitfield.full(pieces) : new Bitfield(pieces)));
  }

  /** Would take a piece from this neighbour in this slot. */
  wantsFrom(giver: SlottedPeer): boolean {
    return this.#receiving.length < DOWN && this.#views.get(giver)?.interesting === true;
  }

  /** Picks a piece of the giver's, which is here at the end of the slot. */
  receive(giver: SlottedPeer, refuses: (piece: PieceIndex) => boolean): PieceIndex | undefined {
    const view = this.#views.get(giver);
    const progress: Progress = { canAsk: () => false, canAskAgain: () => false, refuses };
    const choice = view && this.#picker.pick(view, progress);
    if (choice === undefined) return undefined;
    this.#ledger.move(choice.piece, 'storing');
    this.#receiving.push(choice.piece);
    return choice.piece;
  }

  /** What was received is had, and neighbours know. */
  endSlot(): void {
    for (const piece of this.#receiving.splice(0)) {
      this.#ledger.move(piece, 'had');
      for (const neighbour of this.#views.keys()) neighbour.#views.get(this)?.gained(piece);
    }
  }
}
