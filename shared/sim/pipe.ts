import type { Bytes } from '../src/base/bytes.ts';
import type { Time } from '../src/base/time.ts';
import type { Downlink, Flow, Uplink } from './line.ts';
import { PACKET, type Path } from './path.ts';
import type { World } from './world.ts';

/** Bytes on the way, or waiting at the receiver's line, at most: the receive window of the association. */
const WINDOW = 1024 * 1024;
const LEAST_WINDOW = 4 * PACKET;
/** As the page's transport does: credit for this much is given at once, and comes back in portions. */
export const SEND_BUFFER = 1024 * 1024;
const PORTION = 128 * 1024;

export interface PipeEnds {
  readonly from: Uplink;
  readonly to: Downlink;
  readonly path: Path;
  credit(bytes: number): void;
  received(bytes: Bytes): void;
}

/**
 * One direction of an open connection: frames, in order, through the sender's line and the receiver's. Loss shows as it
 * does to who uses SCTP: nothing is missing, but the frame and all behind it come a round trip later or more, and the
 * window is halved, at most once a round trip, to grow by a packet a round trip. There is no slow start, and where the
 * window is smaller than a frame, this takes as many round trips as it has windows.
 */
export class Pipe implements Flow {
  readonly #world: World;
  readonly #ends: PipeEnds;
  readonly #queue: Bytes[] = [];
  #queued = 0;
  #drained = 0;
  #underway = 0;
  #window = WINDOW;
  #halvedAt: Time = Number.NEGATIVE_INFINITY;
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
    return this.#isBlocked() || this.#closed ? 0 : (this.#queue[0]?.length ?? 0);
  }

  send(frames: readonly Bytes[]): void {
    const { from } = this.#ends;
    for (const frame of frames) {
      const ahead = this.#queue.length === 0 && !this.#isBlocked() && from.isPacket(frame.length);
      if (ahead) this.#sendAhead(frame);
      else this.#enqueue(frame);
    }
    from.wake(this);
  }

  /** The path may be there again. */
  resume(): void {
    this.#ends.from.wake(this);
  }

  /** Nothing goes in or comes out any more. */
  close(): void {
    this.#closed = true;
    this.#queue.length = 0;
  }

  /** Where the path has been cut, the frame has to go once more. */
  departed(since: Time): void {
    const [frame] = this.#queue;
    if (frame === undefined || this.#ends.path.cut) return;
    this.#queue.shift();
    this.#queued -= frame.length;
    this.#deliver(frame, since, this.#world.now);
    if (this.#drained >= PORTION || this.#queued === 0) this.#giveCreditBack();
  }

  #isBlocked(): boolean {
    return this.#underway >= this.#window || this.#ends.path.cut;
  }

  #enqueue(frame: Bytes): void {
    this.#queue.push(frame);
    this.#queued += frame.length;
  }

  /** Its credit comes back with that of others. */
  #sendAhead(frame: Bytes): void {
    const out = this.#world.now + this.#ends.from.send(frame.length);
    this.#deliver(frame, out, out);
  }

  #deliver(frame: Bytes, firstOut: Time, lastOut: Time): void {
    const { to, path } = this.#ends;
    const through = to.through(firstOut + path.latency, lastOut + path.latency, frame.length);
    this.#latest = Math.max(this.#latest, through + this.#hindrance(frame.length));
    this.#underway += frame.length;
    this.#world.at(this.#latest, () => this.#delivered(frame));
    this.#drained += frame.length;
  }

  #hindrance(bytes: number): Time {
    const { path } = this.#ends;
    if (path.undisturbed) return 0;
    const { delay, lost } = path.hindrance(bytes);
    const roundTrip = 2 * path.latency;
    const windows = Math.ceil(bytes / this.#window);
    if (lost && this.#world.now - this.#halvedAt >= roundTrip) {
      this.#halvedAt = this.#world.now;
      this.#window = Math.max(this.#window / 2, LEAST_WINDOW);
    }
    return delay + (windows - 1) * roundTrip;
  }

  #giveCreditBack(): void {
    const drained = this.#drained;
    this.#drained = 0;
    this.#ends.credit(drained);
  }

  #delivered(frame: Bytes): void {
    const blocked = this.#isBlocked();
    this.#underway -= frame.length;
    this.#window = Math.min(this.#window + (PACKET * frame.length) / this.#window, WINDOW);
    if (blocked && !this.#isBlocked()) this.#world.after(this.#ends.path.latency, () => this.resume());
    if (this.#drained >= PORTION) this.#giveCreditBack();
    if (!this.#closed) this.#ends.received(frame);
  }
}
