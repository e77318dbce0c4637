import { deleteOldest } from '../base/deleteOldest.ts';
import { SECOND, type Time } from '../base/time.ts';
import { MAX_REQUEST } from '../wire/limits.ts';
import type { PieceIndex } from '../content/layout.ts';
import type { Range } from '../wire/message.ts';
import type { Lane } from './io.ts';
import type { Peer } from './peer.ts';
import type { PeerPieces } from './peerPieces.ts';
import type { PieceDownload } from './pieceDownload.ts';
import { Flows } from './flows.ts';

/** A late answer to a request that has ended is dropped uncounted for so long. */
const REMEMBER = 60 * SECOND;
/** One message of the data channel, and four blocks. */
export const LONGEST_RANGE = Math.min(64 * 1024, MAX_REQUEST);

const MOST_SUGGESTED = 64;

/** Who rejects a piece it claims is left alone about it for so long. */
const REFUSED_FOR = 30 * SECOND;

const NONE: readonly Outstanding[] = [];

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
  readonly flows: Flows;
  /** Pieces it has refused although it said it had them, since it last unchoked us: until when. */
  readonly #refused = new Map<number, Time>();
  readonly #outstanding = new Map<string, Outstanding>();
  /** Requests that we ended, whose answers may still come. */
  readonly #ended = new Map<string, { count: number; until: Time }>();
  readonly #suggested = new Set<PieceIndex>();
  #asked = 0;

  constructor(peer: Peer, pieces: PeerPieces) {
    this.peer = peer;
    this.pieces = pieces;
    this.flows = new Flows(LONGEST_RANGE, peer.lanes);
  }

  /** Bytes on order. */
  get asked(): number {
    return this.#asked;
  }

  get outstanding(): readonly Outstanding[] {
    return [...this.#outstanding.values()];
  }

  /** Pieces that the peer would rather be asked for than others, the earliest first. */
  get suggested(): Iterable<PieceIndex> {
    return this.#suggested;
  }

  suggests(piece: PieceIndex): void {
    if (this.#suggested.size >= MOST_SUGGESTED) deleteOldest(this.#suggested);
    this.#suggested.add(piece);
  }

  /** The peer chokes us: it may want something else of us when it unchokes us. */
  choked(): void {
    this.#suggested.clear();
  }

  /** On which lane to ask for more; nothing when there is enough on order. */
  laneWithRoom(now: Time): Lane | undefined {
    const { requestQueue } = this.peer.extensions ?? { requestQueue: 1 };
    return this.#outstanding.size < requestQueue ? this.flows.withRoom(now) : undefined;
  }

  ask(request: Outstanding): void {
    this.#outstanding.set(keyOf(request.range), request);
    this.#asked += request.range.length;
    this.flows.asked(request.lane, request.range.length);
  }

  /** The request has its answer. */
  answered(range: Range): Outstanding | undefined {
    const request = this.#outstanding.get(keyOf(range));
    if (request === undefined) return undefined;
    this.#outstanding.delete(keyOf(range));
    this.#asked -= range.length;
    this.flows.ended(request.lane, range.length);
    return request;
  }

  /** We end the request, and say so where it was made: its answer may still come. */
  giveUp(now: Time, range: Range): void {
    const request = this.answered(range);
    if (request === undefined) return;
    this.peer.send({ ...range, type: 'cancel' }, request.lane);
    const count = this.#ended.get(keyOf(range))?.count ?? 0;
    this.#ended.set(keyOf(range), { count: count + 1, until: now + REMEMBER });
  }

  /** The lane is gone, and whatever was asked on it has ended: nothing of that will be answered. */
  laneClosed(lane: Lane): readonly Outstanding[] {
    const ended = this.outstanding.filter((request) => request.lane === lane);
    for (const { range } of ended) this.answered(range);
    this.flows.closed(lane);
    return ended;
  }

  /** Whether this is the late answer to a request that we ended. It is expected once for each. */
  isLate(range: Range): boolean {
    const ended = this.#ended.get(keyOf(range));
    if (ended === undefined) return false;
    ended.count--;
    if (ended.count === 0) this.#ended.delete(keyOf(range));
    return true;
  }

  /** An answer is still to come to a request of this range that we ended. */
  owes(range: Range): boolean {
    return this.#ended.has(keyOf(range));
  }

  refuses(piece: number): boolean {
    return this.#refused.has(piece);
  }

  refused(now: Time, piece: number): void {
    this.#refused.set(piece, now + REFUSED_FOR);
  }

  /** It may serve this piece after all; without a piece, any. */
  forgive(piece?: number): void {
    if (piece === undefined) this.#refused.clear();
    else this.#refused.delete(piece);
  }

  /** When so many bytes asked for now on a lane count as lost. */
  deadline(now: Time, lane: Lane, length: number): Time {
    return this.flows.queueOf(lane).deadline(now, this.flows.askedOn(lane) + length);
  }

  /** Whatever is not answered yet has all its time again. */
  renew(now: Time): void {
    for (const [key, request] of this.#outstanding)
      this.#outstanding.set(key, { ...request, deadline: this.deadline(now, request.lane, 0) });
  }

  overdue(now: Time): readonly Outstanding[] {
    if (this.#outstanding.size === 0) return NONE;
    return this.outstanding.filter((request) => request.deadline <= now);
  }

  /** True when something can be asked for again. */
  forget(now: Time): boolean {
    for (const [key, { until }] of this.#ended) if (until <= now) this.#ended.delete(key);
    if (this.#refused.size === 0) return false;
    const over = [...this.#refused].filter(([, until]) => until <= now);
    for (const [piece] of over) this.#refused.delete(piece);
    return over.length > 0;
  }
}

function keyOf({ piece, begin, length }: Range): string {
  return `${piece}:${begin}:${length}`;
}
