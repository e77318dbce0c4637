import { type Bytes, concat } from '../src/base/bytes.ts';
import type { Downlink, Flow, Part, Uplink } from './line.ts';
import type { World } from './world.ts';

/** Bytes on the way, or waiting at the receiver's line, at most: the receive window of the association. */
const WINDOW = 1024 * 1024;
/** As the page's transport does: credit for this much is given at once, and comes back in portions. */
export const SEND_BUFFER = 1024 * 1024;
const PORTION = 128 * 1024;

export interface PipeEnds {
  readonly from: Uplink;
  readonly to: Downlink;
  /** Milliseconds one way. */
  readonly latency: number;
  credit(bytes: number): void;
  received(bytes: Bytes): void;
}

/** One direction of an open connection: a byte stream through the sender's line and the receiver's. */
export class Pipe implements Flow {
  readonly #world: World;
  readonly #ends: PipeEnds;
  readonly #queue: Bytes[] = [];
  #queued = 0;
  #drained = 0;
  #underway = 0;
  #blocked = false;
  #closed = false;

  constructor(world: World, ends: PipeEnds) {
    this.#world = world;
    this.#ends = ends;
  }

  /** Bytes in the sender's buffer. */
  get queued(): number {
    return this.#queued;
  }

  get ready(): boolean {
    this.#blocked = this.#queue.length > 0 && this.#underway >= WINDOW;
    return this.#queue.length > 0 && !this.#blocked && !this.#closed;
  }

  send(frames: readonly Bytes[]): void {
    for (const frame of frames) {
      this.#queue.push(frame);
      this.#queued += frame.length;
    }
    this.#ends.from.wake(this);
  }

  /** Nothing goes in or comes out any more. */
  close(): void {
    this.#closed = true;
    this.#queue.length = 0;
  }

  take(most: number): Part {
    const pieces: Bytes[] = [];
    let length = 0;
    for (let [next] = this.#queue; next !== undefined && length < most; [next] = this.#queue) {
      const piece = next.subarray(0, most - length);
      pieces.push(piece);
      length += piece.length;
      if (piece.length === next.length) this.#queue.shift();
      else this.#queue[0] = next.subarray(piece.length);
    }
    this.#queued -= length;
    this.#underway += length;
    return { pieces, length };
  }

  departed(part: Part): void {
    this.#world.after(this.#ends.latency, () => this.#ends.to.arrived(this, part));
    this.#drained += part.length;
    if (this.#closed || (this.#drained < PORTION && this.#queued > 0)) return;
    const drained = this.#drained;
    this.#drained = 0;
    this.#ends.credit(drained);
  }

  delivered(part: Part): void {
    this.#underway -= part.length;
    if (this.#blocked) this.#world.after(this.#ends.latency, () => this.#ends.from.wake(this));
    if (!this.#closed) this.#ends.received(joined(part.pieces));
  }
}

function joined(pieces: readonly Bytes[]): Bytes {
  const [first] = pieces;
  return first !== undefined && pieces.length === 1 ? first : concat(...pieces);
}
