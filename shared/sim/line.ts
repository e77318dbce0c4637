import type { Time } from '../src/base/time.ts';
import { PACKET } from './path.ts';
import type { World } from './world.ts';

/** Bytes: less than this is rounding. */
const NOTHING = 1e-3;

/** One direction of one connection, as the sender's line sees it. */
export interface Flow {
  /** Bytes of the frame that is to go out next; 0 when there is none, or it may not go yet. */
  readonly head: number;
  /** The frame at the head has left the line. Its first byte did so at `since`. */
  departed(since: Time): void;
}

interface Turn {
  readonly since: Time;
  /** The work at which the frame is out. */
  readonly until: number;
}

/**
 * The sending half of somebody's line. What is under way shares it equally, byte by byte (processor sharing): between
 * two changes of who sends, each flow gets the same work done, so only ends of frames need to be events.
 */
export class Uplink {
  readonly #world: World;
  readonly #rate: number;
  readonly #turns = new Map<Flow, Turn>();
  /** Bytes that a flow would have got through which was never idle. */
  #work = 0;
  /** Bytes of single packets that went ahead of all flows. */
  #owed = 0;
  #carried = 0;
  #at: Time = 0;
  #wakeAt: Time = Number.POSITIVE_INFINITY;

  /** @param rate bytes a second. */
  constructor(world: World, rate: number) {
    this.#world = world;
    this.#rate = rate;
  }

  /** Bytes of frames that have left, packets not counted. */
  get carried(): number {
    return this.#carried;
  }

  /** The flow may have become ready. */
  wake(flow: Flow): void {
    if (this.#turns.has(flow) || flow.head === 0) return;
    this.#advance();
    this.#begin(flow);
    this.#schedule();
  }

  /** Whether a frame is but a packet, which waits behind nobody else's and for which nobody schedules anything. */
  isPacket(length: number): boolean {
    return length <= PACKET;
  }

  /** Sends a packet ahead of all frames. Returns in how many milliseconds it is out. */
  send(length: number): number {
    this.#advance();
    this.#owed += length;
    return (this.#owed / this.#rate) * 1000;
  }

  #begin(flow: Flow): void {
    if (flow.head > 0) this.#turns.set(flow, { since: this.#world.now, until: this.#work + flow.head });
  }

  #advance(): void {
    const { now } = this.#world;
    const bytes = ((now - this.#at) / 1000) * this.#rate;
    this.#at = now;
    const paid = Math.min(bytes, this.#owed);
    this.#owed -= paid;
    if (this.#turns.size > 0) this.#work += (bytes - paid) / this.#turns.size;
  }

  /** An event that is already due sooner will schedule again. */
  #schedule(): void {
    let least = Number.POSITIVE_INFINITY;
    for (const { until } of this.#turns.values()) least = Math.min(least, until);
    if (least === Number.POSITIVE_INFINITY) return;
    const bytes = this.#owed + (least - this.#work) * this.#turns.size;
    const at = this.#at + (Math.max(bytes, 0) / this.#rate) * 1000;
    if (at >= this.#wakeAt) return;
    this.#wakeAt = at;
    this.#world.at(at, () => this.#woke(at));
  }

  #woke(at: Time): void {
    if (at !== this.#wakeAt) return;
    this.#wakeAt = Number.POSITIVE_INFINITY;
    this.#advance();
    for (const [flow, { since, until }] of this.#turns) {
      if (until - this.#work > NOTHING) continue;
      this.#turns.delete(flow);
      this.#carried += flow.head;
      flow.departed(since);
      this.wake(flow);
    }
    this.#schedule();
  }
}

/** The receiving half: lets through what arrives, one byte after the other, whoever sends it. */
export class Downlink {
  readonly #rate: number;
  #freeAt: Time = 0;

  /** @param rate bytes a second. */
  constructor(rate: number) {
    this.#rate = rate;
  }

  /** When a frame is through whose first byte arrives at `first` and whose last at `last`. */
  through(first: Time, last: Time, length: number): Time {
    this.#freeAt = Math.max(this.#freeAt, first) + (length / this.#rate) * 1000;
    return Math.max(this.#freeAt, last);
  }
}
