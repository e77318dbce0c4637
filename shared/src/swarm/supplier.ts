import { SECOND, type Time } from '../base/time.ts';
import { MAX_REQUEST } from '../wire/limits.ts';
import type { Range } from '../wire/message.ts';
import type { Lane } from './io.ts';
import type { Peer } from './peer.ts';
import type { PeerPieces } from './peerPieces.ts';
import type { PieceDownload } from './pieceDownload.ts';
import { RequestQueue } from './requestQueue.ts';

/** A late answer to a request that has ended is dropped uncounted for so long. */
const REMEMBER = 60 * SECOND;
/** One message of the data channel, and four blocks. */
export const LONGEST_RANGE = Math.min(64 * 1024, MAX_REQUEST);

/** A request that has not ended. */
export interface Outstanding {
  readonly download: PieceDownload<Supplier>;
  readonly range: Range;
  readonly lane: Lane;
  readonly askedAt: Time;
  readonly deadline: Time;
}

/** A peer as one who gives: what it has, what it is asked for, how much it can take. */
export class Supplier {
  readonly peer: Peer;
  readonly pieces: PeerPieces;
  readonly queue = new RequestQueue(LONGEST_RANGE);
  /** Pieces it has refused although it said it had them, since it last unchoked us. */
  readonly refused = new Set<number>();
  readonly #outstanding = new Map<string, Outstanding>();
  readonly #ended = new Map<string, Time>();
  #asked = 0;

  constructor(peer: Peer, pieces: PeerPieces) {
    this.peer = peer;
    this.pieces = pieces;
  }

  /** Bytes on order. */
  get asked(): number {
    return this.#asked;
  }

  get outstanding(): readonly Outstanding[] {
    return [...this.#outstanding.values()];
  }

  hasRoom(now: Time): boolean {
    const { requestQueue } = this.peer.extensions ?? { requestQueue: 1 };
    return this.#asked < this.queue.size(now) && this.#outstanding.size < requestQueue;
  }

  ask(request: Outstanding): void {
    this.#outstanding.set(keyOf(request.range), request);
    this.#asked += request.range.length;
  }

  /** The request has its answer. */
  answered(range: Range): Outstanding | undefined {
    const request = this.#outstanding.get(keyOf(range));
    if (request === undefined) return undefined;
    this.#outstanding.delete(keyOf(range));
    this.#asked -= range.length;
    return request;
  }

  /** We end the request: its answer may still come. */
  giveUp(now: Time, range: Range): void {
    if (this.answered(range) !== undefined) this.#ended.set(keyOf(range), now + REMEMBER);
  }

  /** Whether this is the late answer to a request that we ended. It is expected once. */
  isLate(range: Range): boolean {
    return this.#ended.delete(keyOf(range));
  }

  overdue(now: Time): Outstanding[] {
    return this.outstanding.filter((request) => request.deadline <= now);
  }

  forgetEnded(now: Time): void {
    for (const [key, until] of this.#ended) if (until <= now) this.#ended.delete(key);
  }
}

function keyOf({ piece, begin, length }: Range): string {
  return `${piece}:${begin}:${length}`;
}
