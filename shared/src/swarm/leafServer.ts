import type { Bytes } from '../base/bytes.ts';
import type { PieceIndex } from '../content/layout.ts';
import { HASH } from '../content/merkle.ts';
import type { HashRange } from '../wire/message.ts';
import type { SwarmContext } from './context.ts';
import type { Operation } from './io.ts';
import { type HashedContent, pieceOfLeaves } from './leafRange.ts';
import type { Peer } from './peer.ts';

/** Pieces being hashed for others at once. */
const MOST_HASHING = 4;

interface Asked {
  readonly peer: Peer;
  readonly range: HashRange;
  readonly piece: PieceIndex;
}

/** Tells others the hashes of a piece's blocks (BEP 52, layer 0), which are not kept but computed from the piece. */
export class LeafServer {
  readonly #context: SwarmContext;
  readonly #content: HashedContent;
  readonly #has: (piece: PieceIndex) => boolean;
  readonly #asked = new Map<Operation, Asked>();

  constructor(context: SwarmContext, content: HashedContent, has: (piece: PieceIndex) => boolean) {
    this.#context = context;
    this.#content = content;
    this.#has = has;
  }

  requested(peer: Peer, range: HashRange): void {
    const piece = pieceOfLeaves(this.#content, range);
    if (piece === undefined || !this.#has(piece) || !this.#mayAsk(peer)) return reject(peer, range);
    const operation = this.#context.operation();
    this.#asked.set(operation, { peer, range: { ...range, root: this.#content.root }, piece });
    this.#context.emit({ type: 'hashLeaves', operation, piece });
  }

  /** Returns the piece when it turns out to be lost to us. */
  hashed(operation: Operation, leaves: Bytes | undefined): PieceIndex | undefined {
    const asked = this.#asked.get(operation);
    if (asked === undefined) return undefined;
    this.#asked.delete(operation);
    const { peer, range, piece } = asked;
    if (leaves === undefined) {
      reject(peer, range);
      return piece;
    }
    const hashes = new Uint8Array(range.length * HASH);
    hashes.set(leaves);
    peer.send({ ...range, type: 'hashes', hashes });
    return undefined;
  }

  #mayAsk(peer: Peer): boolean {
    return this.#asked.size < MOST_HASHING && peer.budget.spend(this.#context.now, 'leafRequest');
  }
}

function reject(peer: Peer, range: HashRange): void {
  peer.send({ ...range, type: 'hashReject' });
}
