import type { PeerId } from '../base/ids.ts';
import { shuffle } from '../base/random.ts';
import { TokenBucket } from '../base/tokenBucket.ts';
import type { PieceIndex, PieceLayout, PieceRange } from '../content/layout.ts';
import type { SwarmContext } from './context.ts';
import { Gifts } from './gifts.ts';
import type { Peer } from './peer.ts';

/** How many pieces one peer may have been named and not been given yet. */
const NAMED = 8;
/** Suggestions a second to one peer: half of what it puts up with. Each is counted as so many bytes of a bucket. */
const RATE = 50;
const COST = 64;
/** In a smaller company one slow peer would make a crowd. */
const LEAST_CROWD = 8;

interface Guided {
  /** Bytes still to be given of each piece that was named. */
  readonly named: Map<PieceIndex, number>;
  readonly allowance: TokenBucket;
}

/**
 * The first seeder's uplink is what everybody waits for: it gives each piece once before it gives any twice. It conceals
 * nothing, as BEP 16 would have it, but names each unchoked peer pieces of its own (BEP 6, suggest). Who does not take
 * the advice is served all the same.
 */
export class InitialSeeding {
  readonly #context: SwarmContext;
  readonly #layout: PieceLayout;
  /** Named to nobody and given to nobody: the next one last. */
  readonly #left: PieceIndex[];
  readonly #guided = new Map<PeerId, Guided>();
  readonly #gifts = new Gifts();

  constructor(context: SwarmContext, layout: PieceLayout) {
    this.#context = context;
    this.#layout = layout;
    this.#left = shuffle(context.random, [...layout.indices()]);
  }

  /** The peer may request, or has been given something. */
  guide(peer: Peer): void {
    if (peer.choked) return;
    const guided = this.#guidedAs(peer.id);
    const { named, allowance } = guided;
    while (named.size < NAMED && allowance.take(this.#context.now, COST)) {
      const piece = this.#next() ?? this.#spared(guided);
      if (piece === undefined) return;
      named.set(piece, this.#layout.sizeOf(piece));
      peer.send({ type: 'suggest', piece });
    }
  }

  /** Who came again is what it was. */
  admitted(peer: Peer): void {
    this.#judge(peer);
  }

  /** The peer says that it has the piece. */
  claimed(peer: Peer, piece: PieceIndex): void {
    const through = this.#gifts.appeared(peer.id, piece);
    const present = through === undefined ? undefined : this.#context.peers.get(through);
    if (present !== undefined) this.#judge(present);
  }

  /** Time has passed. */
  review(): void {
    for (const peer of this.#context.peers.values()) this.#judge(peer);
  }

  served(peer: Peer, { piece, length }: PieceRange): void {
    this.#gifts.give(this.#context.now, peer.id, piece, () => this.#hasAnother(peer, piece));
    this.#judge(peer);
    const { named } = this.#guidedAs(peer.id);
    const left = named.get(piece) ?? 0;
    if (left > length) named.set(piece, left - length);
    else named.delete(piece);
    this.guide(peer);
  }

  /**
   * The peer is choked or gone: what it was named and not given is for others. What it has a part of comes last: with
   * its next turn it may get the rest.
   */
  ended(peer: PeerId): void {
    for (const [piece, left] of this.#guided.get(peer)?.named ?? [])
      if (left === this.#layout.sizeOf(piece)) this.#left.push(piece);
      else this.#left.unshift(piece);
    this.#guided.delete(peer);
    if (this.#context.peers.get(peer)?.hoards === true) this.#takeBack(peer);
  }

  #takeBack(peer: PeerId): void {
    const overdue = this.#gifts.overdue(this.#context.now, peer);
    this.#left.unshift(...overdue.filter((piece) => !this.#left.includes(piece)));
  }

  #judge(peer: Peer): void {
    const { now } = this.#context;
    const standing = this.#gifts.standingOf(now, peer.id);
    peer.passesOn = standing === 'passes-on';
    peer.hoardsSince = standing === 'hoards' ? (peer.hoardsSince ?? now) : undefined;
    if (this.#gifts.keeps(now, peer.id) && this.#isCrowded) this.#distrust(peer);
  }

  /** In a crowd it counts as having hoarded for long. */
  #distrust(peer: Peer): void {
    peer.passesOn = false;
    peer.hoardsSince = Number.NEGATIVE_INFINITY;
  }

  /** Most of those who are here keep what they were given: nobody is trusted beforehand. */
  get #isCrowded(): boolean {
    const { now, peers } = this.#context;
    if (peers.size < LEAST_CROWD) return false;
    const keepers = [...peers.keys()].filter((id) => this.#gifts.keeps(now, id));
    return keepers.length > peers.size / 2;
  }

  /** What somebody has already needs nobody's help. */
  #next(): PieceIndex | undefined {
    for (let piece = this.#left.pop(); piece !== undefined; piece = this.#left.pop())
      if (!this.#isOut(piece)) return piece;
    return undefined;
  }

  /** Nothing is left: who has most before it lets go of what it would come to last. */
  #spared(own: Guided): PieceIndex | undefined {
    const others = [...this.#guided.values()].map(({ named }) => ({
      named,
      untouched: this.#untouched(named),
    }));
    const [most] = others.sort((a, b) => b.untouched.length - a.untouched.length);
    const piece = most?.untouched.at(-1);
    if (most === undefined || piece === undefined) return undefined;
    if (most.untouched.length < own.named.size + 2) return undefined;
    most.named.delete(piece);
    return piece;
  }

  #untouched(named: Guided['named']): PieceIndex[] {
    return [...named].flatMap(([piece, left]) => (left === this.#layout.sizeOf(piece) ? [piece] : []));
  }

  #isOut(piece: PieceIndex): boolean {
    const { now, peers } = this.#context;
    for (const { id, claims, hoards } of peers.values())
      if (claims.bitfield?.has(piece) === true && !(hoards && this.#gifts.isOverdue(now, id, piece)))
        return true;
    return false;
  }

  #hasAnother(peer: Peer, piece: PieceIndex): boolean {
    for (const other of this.#context.peers.values())
      if (other !== peer && other.claims.bitfield?.has(piece) === true) return true;
    return false;
  }

  #guidedAs(peer: PeerId): Guided {
    const present = this.#guided.get(peer);
    if (present !== undefined) return present;
    const guided = { named: new Map(), allowance: new TokenBucket(RATE * COST) };
    this.#guided.set(peer, guided);
    return guided;
  }
}
