import { type Bytes, equal } from '../base/bytes.ts';
import type { PeerId } from '../base/ids.ts';
import { SECOND, type Time } from '../base/time.ts';
import type { PieceIndex } from '../content/layout.ts';
import { HASH, pieceRoot } from '../content/merkle.ts';
import type { HashRange } from '../wire/message.ts';
import type { SwarmContext } from './context.ts';
import { type HashedContent, leafRange } from './leafRange.ts';
import { isSameRange } from './layerExchange.ts';
import type { Peer } from './peer.ts';

const PATIENCE = 5 * SECOND;
const MOST_TRIES = 4;

interface Search {
  readonly piece: PieceIndex;
  readonly range: HashRange;
  readonly tried: Set<PeerId>;
  asked: { readonly of: PeerId; readonly at: Time } | undefined;
}

/** Asks peers for the true hashes of a failed piece's blocks (BEP 52), and believes them once they lead to the piece's hash. */
export class LeafSeeker {
  readonly #context: SwarmContext;
  readonly #content: HashedContent;
  readonly #learned: (piece: PieceIndex, leaves: Bytes | undefined) => void;
  readonly #searches = new Map<PieceIndex, Search>();

  /** @param learned is told nothing when nobody could tell. */
  constructor(
    context: SwarmContext,
    content: HashedContent,
    learned: (piece: PieceIndex, leaves: Bytes | undefined) => void,
  ) {
    this.#context = context;
    this.#content = content;
    this.#learned = learned;
  }

  seek(piece: PieceIndex): void {
    const range = leafRange(this.#content, piece);
    if (range === undefined) return this.#learned(piece, undefined);
    const search = { piece, range, tried: new Set<PeerId>(), asked: undefined };
    this.#searches.set(piece, search);
    this.#askNext(search);
  }

  received(peer: Peer, range: HashRange, hashes: Bytes): void {
    const search = this.#answered(peer, range);
    if (search === undefined) return;
    const leaves = hashes.slice(0, this.#content.layout.blocksIn(search.piece) * HASH);
    if (!this.#isTrue(search.piece, leaves)) {
      this.#context.ban(peer.id, 'invalid-hashes');
      return this.#askNext(search);
    }
    this.#searches.delete(search.piece);
    this.#learned(search.piece, leaves);
  }

  rejected(peer: Peer, range: HashRange): void {
    const search = this.#answered(peer, range);
    if (search !== undefined) this.#askNext(search);
  }

  left(peer: PeerId): void {
    for (const search of [...this.#searches.values()]) if (search.asked?.of === peer) this.#askNext(search);
  }

  woke(): void {
    const { now } = this.#context;
    for (const search of this.#searches.values())
      if (search.asked !== undefined) search.asked = { ...search.asked, at: now };
  }

  tick(): void {
    const { now } = this.#context;
    for (const search of [...this.#searches.values()])
      if (search.asked === undefined || now - search.asked.at >= PATIENCE) this.#askNext(search);
  }

  #askNext(search: Search): void {
    const peer = search.tried.size < MOST_TRIES ? this.#candidate(search) : undefined;
    if (peer === undefined) {
      this.#searches.delete(search.piece);
      return this.#learned(search.piece, undefined);
    }
    search.tried.add(peer.id);
    search.asked = { of: peer.id, at: this.#context.now };
    peer.send({ ...search.range, type: 'hashRequest' });
  }

  /** Rather one who has given something true already. */
  #candidate({ piece, tried }: Search): Peer | undefined {
    const having = [...this.#context.peers.values()].filter(
      ({ id, claims }) => !tried.has(id) && claims.bitfield?.has(piece) === true,
    );
    return having.find((peer) => peer.proven) ?? having[0];
  }

  #answered(peer: Peer, range: HashRange): Search | undefined {
    const search = [...this.#searches.values()].find(
      (each) => each.asked?.of === peer.id && isSameRange(each.range, range),
    );
    if (search === undefined && !peer.budget.spend(this.#context.now, 'unrequestedHashes'))
      this.#context.drop(peer.id, 'message-flood');
    if (search !== undefined) search.asked = undefined;
    return search;
  }

  #isTrue(piece: PieceIndex, leaves: Bytes): boolean {
    const { layout, layer } = this.#content;
    if (leaves.length !== layout.blocksIn(piece) * HASH || layer === undefined) return false;
    return equal(pieceRoot(this.#context.crypto, leaves, layout, piece), layer.hash(piece));
  }
}
