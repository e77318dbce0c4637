import type { Bytes } from '../src/base/bytes.ts';
import type { Time } from '../src/base/time.ts';
import type { Downlink, Flow, Uplink } from './line.ts';
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

/** One direction of an open connection: frames, in order, through the sender's line and the receiver's. */
export class Pipe implements Flow {
  readonly #world: World;
  readonly #ends: PipeEnds;
  readonly #queue: Bytes[] = [];
  #queued = 0;
  #drained = 0;
  #underway = 0;
  /** When the latest frame arrives: none overtakes another. */
  #latest: Time = 0;
  #closed = false;

  constructor(world: World, ends: PipeEnds) {
    this.#world = world;
    this.#ends = ends;
  }

  /** Bytes in the sender's buffer. */
  get queued(): number {
    return this.#queued;
  }

  get head(): number {
    return this.#isBlocked || this.#closed ? 0 : (this.#queue[0]?.length ?? 0);
  }

  send(frames: readonly Bytes[]): void {
    const { from } = this.#ends;
    for (const frame of frames) {
      const ahead = this.#queue.length === 0 && !this.#isBlocked && from.isPacket(frame.length);
      if (ahead) this.#sendAhead(frame);
      else this.#enqueue(frame);
    }
    from.wake(this);
  }

  /** Nothing goes in or comes out any more. */
  close(): void {
    this.#closed = true;
    this.#queue.length = 0;
  }

  departed(since: Time): void {
    const frame = this.#queue.shift();
    if (frame === undefined) return;
    this.#queued -= frame.length;
    this.#deliver(frame, since, this.#world.now);
    if (this.#drained < PORTION && this.#queued > 0) return;
    const drained = this.#drained;
    this.#drained = 0;
    this.#ends.credit(drained);
  }

  get #isBlocked(): boolean {
    return this.#underway >= WINDOW;
  }

  #enqueue(frame: Bytes): void {
    this.#queue.push(frame);
    this.#queued += frame.length;
  }

  /** Its credit comes back with that of the next frame that waits. */
  #sendAhead(frame: Bytes): void {
    const out = this.#world.now + this.#ends.from.send(frame.length);
    this.#deliver(frame, out, out);
  }

  #deliver(frame: Bytes, firstOut: Time, lastOut: Time): void {
    const { to, latency } = this.#ends;
    this.#drained += frame.length;
    this.#underway += frame.length;
    const through = to.through(firstOut + latency, lastOut + latency, frame.length);
    this.#latest = Math.max(this.#latest, through);
    this.#world.at(this.#latest, () => this.#delivered(frame));
  }

  #delivered(frame: Bytes): void {
    const blocked = this.#isBlocked;
    this.#underway -= frame.length;
    if (blocked && !this.#isBlocked) this.#world.after(this.#ends.latency, () => this.#ends.from.wake(this));
    if (!this.#closed) this.#ends.received(frame);
  }
}
