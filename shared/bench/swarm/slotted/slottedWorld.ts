import { type Random, shuffle } from '../../../src/base/random.ts';
import { BLOCK, type PieceIndex, PieceLayout } from '../../../src/content/layout.ts';
import { RunHash } from '../../../sim/runHash.ts';
import { SeededRandom } from '../../../sim/seededRandom.ts';
import { SlottedPeer } from './slottedPeer.ts';

const MOST_NEIGHBOURS = 30;

/** How a peer chooses whom to give a piece, among neighbours that want one. */
export type Partner = 'poorest' | 'random';

export interface SlottedSetting {
  /** Those who have nothing at first; the seed is one more. */
  readonly peers: number;
  readonly pieces: number;
  readonly partner: Partner;
}

export interface SlottedRecord {
  readonly slots: number;
  readonly hash: string;
}

/** The fewest slots in which all pieces reach all peers (Mundinger et al., cs/0606110). */
export function fewestSlots({ peers, pieces }: SlottedSetting): number {
  return pieces + Math.floor(Math.log2(peers));
}

/**
 * Equal uplinks, one piece a slot. In each slot everybody, in random order, offers a piece to one of at most 30
 * neighbours. The seed seeds initially (BEP 16): each piece once before any goes twice.
 */
export class SlottedWorld {
  readonly #random: Random;
  readonly #partner: Partner;
  readonly #seed: SlottedPeer;
  readonly #peers: readonly SlottedPeer[];
  readonly #unsent: Set<PieceIndex>;
  readonly #hash = new RunHash();

  constructor({ peers, pieces, partner }: SlottedSetting, seed: number) {
    this.#random = new SeededRandom(seed);
    this.#partner = partner;
    const layout = new PieceLayout(pieces * BLOCK, BLOCK);
    this.#unsent = new Set(layout.indices());
    this.#seed = new SlottedPeer(layout, this.#random, 'all');
    const others = Array.from({ length: peers }, () => new SlottedPeer(layout, this.#random, 'nothing'));
    this.#peers = [this.#seed, ...others];
    introduce(this.#peers, this.#random);
  }

  /** Runs until everybody has everything. */
  run(): SlottedRecord {
    let slots = 0;
    for (; !this.#peers.every(({ complete }) => complete); slots++)
      if (!this.#slot())
        throw new Error(`slotted world: expected a transfer in slot ${slots}, received none`);
    return { slots, hash: this.#hash.value };
  }

  /** Whether anything moved. */
  #slot(): boolean {
    const givers = shuffle(this.#random, this.#peers);
    const transfers = givers.filter((giver) => this.#give(giver)).length;
    for (const peer of this.#peers) peer.endSlot();
    return transfers > 0;
  }

  #give(giver: SlottedPeer): boolean {
    for (const partner of this.#partnersOf(giver)) {
      const piece = partner.receive(giver, (each) => giver === this.#seed && this.#isSpent(each));
      if (piece === undefined) continue;
      if (giver === this.#seed) this.#unsent.delete(piece);
      this.#hash.add(this.#peers.indexOf(giver) * this.#peers.length + this.#peers.indexOf(partner));
      this.#hash.add(piece);
      return true;
    }
    return false;
  }

  #partnersOf(giver: SlottedPeer): SlottedPeer[] {
    const wanting = shuffle(this.#random, giver.neighbours).filter((neighbour) => neighbour.wantsFrom(giver));
    return this.#partner === 'random' ? wanting : wanting.sort((a, b) => a.pieces - b.pieces);
  }

  #isSpent(piece: PieceIndex): boolean {
    return this.#unsent.size > 0 && !this.#unsent.has(piece);
  }
}

function introduce(peers: readonly SlottedPeer[], random: Random): void {
  const pairs = peers.flatMap((a, index) => peers.slice(index + 1).map((b) => [a, b] as const));
  for (const [a, b] of shuffle(random, pairs)) {
    if (a.neighbours.length >= MOST_NEIGHBOURS || b.neighbours.length >= MOST_NEIGHBOURS) continue;
    a.meet(b);
    b.meet(a);
  }
}
