import type { Bytes } from '../base/bytes.ts';
import type { PeerId } from '../base/ids.ts';
import type { Time } from '../base/time.ts';
import type { PieceIndex, PieceLayout, PieceRange } from '../content/layout.ts';
import { MAX_REQUEST } from '../wire/limits.ts';
import type { Range } from '../wire/message.ts';
import type { SwarmContext } from './context.ts';
import type { Lane, Operation } from './io.ts';
import type { OutgoingLane } from './lane.ts';
import type { Peer } from './peer.ts';
import { type Precedence, PRECEDENCES } from './precedence.ts';
import { SendAhead } from './sendAhead.ts';
import { Turn } from './turn.ts';

/** How many requests of one peer we keep; told to it as `reqq`. */
export const REQUEST_QUEUE = 500;

const MAX_READING = 16 * 1024 * 1024;
/** With less than this on its way the uplink lies idle. */
const IDLE = 8 * 1024;

/** A request we have accepted: it ends as a piece, a reject, or with its peer. */
interface Accepted {
  readonly peer: Peer;
  readonly lane: Lane;
  readonly range: PieceRange;
  cancelled: boolean;
}

/** Serves what others request: a piece of each in turn, as far as uplink, Transport and upload limit allow. */
export class Uploader {
  readonly #context: SwarmContext;
  readonly #layout: PieceLayout;
  readonly #has: (piece: PieceIndex) => boolean;
  readonly #served: (peer: Peer, range: PieceRange) => void;
  readonly #queues = new Map<PeerId, Accepted[]>();
  readonly #reading = new Map<Operation, Accepted>();
  readonly #turn = new Turn();
  readonly #sendAhead = new SendAhead();
  #readingBytes = 0;
  #readyAt: Time = Number.POSITIVE_INFINITY;
  /** More may go out than when it was last tried. */
  #stirred = false;

  /** @param served told of each answer that is a piece. */
  constructor(
    context: SwarmContext,
    layout: PieceLayout,
    has: (piece: PieceIndex) => boolean,
    served: (peer: Peer, range: PieceRange) => void = () => undefined,
  ) {
    this.#context = context;
    this.#layout = layout;
    this.#has = has;
    this.#served = served;
  }

  /** When the upload limit allows the next piece, if something waits for that. */
  get readyAt(): Time {
    return this.#readyAt;
  }

  requested(peer: Peer, lane: Lane, wanted: Range): void {
    const range = wanted.length <= MAX_REQUEST ? this.#layout.range(wanted) : undefined;
    if (range === undefined) return this.#context.drop(peer.id, 'out-of-bounds');
    const queue = this.#queueOf(peer);
    const accepted = !peer.choked && this.#has(range.piece) && queue.length < REQUEST_QUEUE;
    if (!accepted) return this.#refuse(peer, lane, range);
    queue.push({ peer, lane, range, cancelled: false });
    this.stir();
  }

  /** BEP 6: a cancelled request still gets exactly one answer, here a reject, unless its piece is already on its way. */
  cancelled(peer: Peer, lane: Lane, range: Range): void {
    const queue = this.#queueOf(peer);
    const place = queue.findIndex((each) => same(each.range, range));
    if (place < 0) return this.#idleCancel(peer);
    queue.splice(place, 1);
    peer.send({ ...range, type: 'reject' }, lane);
  }

  /** We choke the peer: all it still waits for is rejected (BEP 6). */
  choked(peer: Peer): void {
    for (const { lane, range } of this.#queueOf(peer)) peer.send({ ...range, type: 'reject' }, lane);
    this.#queues.delete(peer.id);
    for (const accepted of this.#reading.values()) if (accepted.peer === peer) accepted.cancelled = true;
  }

  left(peer: PeerId): void {
    this.#queues.delete(peer);
    this.stir();
  }

  /** What was asked on the lane ends without an answer: there is no way for one. */
  laneClosed(peer: Peer, lane: Lane): void {
    const left = this.#queueOf(peer).filter((accepted) => accepted.lane !== lane);
    this.#queues.set(peer.id, left);
    this.stir();
  }

  /** Something has left, or time has passed: `pump` is to look again. */
  stir(): void {
    this.#stirred = true;
  }

  /** The content's answer to a `read`. Returns the piece when it turns out to be lost to us. */
  read(operation: Operation, bytes: Bytes | undefined): PieceIndex | undefined {
    const accepted = this.#reading.get(operation);
    if (accepted === undefined) return undefined;
    this.#reading.delete(operation);
    this.#readingBytes -= accepted.range.length;
    this.stir();
    const { peer, lane, range } = accepted;
    peer.lanes.get(lane)?.unreserve(range.length);
    const whole = bytes?.length === range.length ? bytes : undefined;
    if (this.#context.peers.get(peer.id) === peer) this.#answer(accepted, whole);
    return whole === undefined ? range.piece : undefined;
  }

  #answer({ peer, lane, range, cancelled }: Accepted, bytes: Bytes | undefined): void {
    if (bytes === undefined || cancelled) return peer.send({ ...range, type: 'reject' }, lane);
    peer.send({ type: 'piece', piece: range.piece, begin: range.begin, data: bytes }, lane);
    peer.sent.add(this.#context.now, bytes.length);
    this.#context.sent.add(this.#context.now, bytes.length);
    this.#served(peer, range);
  }

  /** Nothing is on its way out, and nobody who may has asked for anything. */
  get idle(): boolean {
    return this.#ahead < IDLE && this.#waiting.length === 0;
  }

  /** Reads as much as may be sent: whoever's turn it is first, then a piece of each of the others. */
  pump(): void {
    if (!this.#stirred && this.#context.now < this.#readyAt) return;
    this.#stirred = false;
    this.#readyAt = Number.POSITIVE_INFINITY;
    const waiting = this.#waiting;
    if (waiting.length === 0) return;
    const { now, sent, peers } = this.#context;
    const room = this.#sendAhead.room(now, sent.rate(now), peers.values());
    this.#serveSlow(waiting.filter((queue) => this.#isSlow(queue)));
    const others = waiting.filter((queue) => !this.#isSlow(queue));
    const precedences = new Map(others.map((queue) => [queue, this.#precedenceOf(queue)]));
    let left = room;
    for (const precedence of PRECEDENCES)
      left = this.#serveInTurn(
        others.filter((queue) => precedences.get(queue) === precedence),
        left,
      );
  }

  #precedenceOf([next]: readonly Accepted[]): Precedence {
    const { now, policies } = this.#context;
    return (next && policies.choke.precedenceOf?.(now, next.peer)) ?? 'in-turn';
  }

  /** Returns how much more there is room for. */
  #serveInTurn(waiting: Accepted[][], most: number): number {
    let room = most;
    while (waiting.length > 0 && room > 0) {
      const inTurn = waiting.findIndex((queue) => this.#isInTurn(queue));
      const [queue = []] = waiting.splice(Math.max(inTurn, 0), 1);
      const length = queue[0]?.range.length ?? 0;
      if (!this.#serveNext(queue)) continue;
      room -= length;
      if (queue.length > 0) waiting.push(queue);
    }
    return room;
  }

  #serveSlow(waiting: Accepted[][]): void {
    for (const queue of waiting)
      for (
        let lane = laneOf(queue);
        lane !== undefined && this.#sendAhead.hasRoom(lane);
        lane = laneOf(queue)
      )
        if (!this.#serveNext(queue)) break;
  }

  #isSlow(queue: readonly Accepted[]): boolean {
    const lane = laneOf(queue);
    return lane !== undefined && this.#sendAhead.isSlow(lane);
  }

  get #waiting(): Accepted[][] {
    return [...this.#queues.values()].filter((queue) => queue.length > 0);
  }

  get #ahead(): number {
    let bytes = 0;
    for (const peer of this.#context.peers.values())
      for (const lane of peer.lanes.values()) bytes += lane.ahead;
    return bytes;
  }

  #isInTurn([next]: readonly Accepted[]): boolean {
    return next !== undefined && this.#turn.isOf(next.peer.id, next.range);
  }

  /** False when this queue has to wait. */
  #serveNext(queue: Accepted[]): boolean {
    const [next] = queue;
    if (next === undefined || this.#readingBytes >= MAX_READING) return false;
    const { peer, lane, range } = next;
    if (peer.credit(lane) <= 0 || !this.#takes(peer.id, range.length)) return false;
    queue.shift();
    this.#turn.serve(peer.id, range);
    this.#sendToTheBack(peer.id, queue);
    const operation = this.#context.operation();
    this.#reading.set(operation, next);
    this.#readingBytes += range.length;
    peer.lanes.get(lane)?.reserve(range.length);
    this.#context.emit({
      type: 'read',
      operation,
      piece: range.piece,
      begin: range.begin,
      length: range.length,
    });
    return true;
  }

  /** False when a limit says later: the person's, or what the choke policy allows this peer. */
  #takes(peer: PeerId, bytes: number): boolean {
    const { now, upload, policies } = this.#context;
    const allowed = policies.choke.limitOf?.(peer);
    const readyAt = Math.max(upload.readyAt(now), allowed?.readyAt(now) ?? now);
    if (readyAt > now) {
      this.#readyAt = Math.min(this.#readyAt, readyAt);
      return false;
    }
    allowed?.take(now, bytes);
    return upload.take(now, bytes);
  }

  /** Whoever has been served comes last next time, or an upload limit would only ever reach the first. */
  #sendToTheBack(peer: PeerId, queue: Accepted[]): void {
    this.#queues.delete(peer);
    this.#queues.set(peer, queue);
  }

  #refuse(peer: Peer, lane: Lane, range: Range): void {
    peer.send({ ...range, type: 'reject' }, lane);
    if (!peer.budget.spend(this.#context.now, 'refusedRequest')) this.#context.drop(peer.id, 'request-flood');
  }

  #idleCancel(peer: Peer): void {
    if (!peer.budget.spend(this.#context.now, 'idleCancel')) this.#context.drop(peer.id, 'message-flood');
  }

  #queueOf(peer: Peer): Accepted[] {
    const queue = this.#queues.get(peer.id) ?? [];
    this.#queues.set(peer.id, queue);
    return queue;
  }
}

function laneOf([next]: readonly Accepted[]): OutgoingLane | undefined {
  return next?.peer.lanes.get(next.lane);
}

function same(a: Range, b: Range): boolean {
  return a.piece === b.piece && a.begin === b.begin && a.length === b.length;
}
