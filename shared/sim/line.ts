import type { World } from './world.ts';

/** How long one part of what is sent may occupy an uplink before the next flow has its turn, in milliseconds. */
const TURN = 40;
const LEAST_PART = 1200;
const LARGEST_PART = 64 * 1024;

/** One direction of one connection, as the lines at both its ends see it. */
export interface Flow {
  /** Something waits that may go out now. */
  readonly ready: boolean;
  /** The next bytes to go out, at most `most`. */
  take(most: number): Part;
  /** The bytes have left the sender's line. */
  departed(part: Part): void;
  /** The bytes are through the receiver's line. */
  delivered(part: Part): void;
}

/** Bytes on their way. */
export interface Part {
  readonly pieces: readonly Uint8Array<ArrayBuffer>[];
  readonly length: number;
}

/** The sending half of somebody's line: its flows take turns, so that each gets an equal share. */
export class Uplink {
  readonly #world: World;
  readonly #rate: number;
  readonly #most: number;
  readonly #waiting = new Set<Flow>();
  #busy = false;

  /** @param rate bytes a second. */
  constructor(world: World, rate: number) {
    this.#world = world;
    this.#rate = rate;
    this.#most = Math.min(Math.max((rate * TURN) / 1000, LEAST_PART), LARGEST_PART);
  }

  /** The flow may have become ready. */
  wake(flow: Flow): void {
    if (flow.ready) this.#waiting.add(flow);
    this.#next();
  }

  #next(): void {
    if (this.#busy) return;
    const flow = this.#nextReady();
    if (flow === undefined) return;
    const part = flow.take(this.#most);
    this.#busy = true;
    this.#world.after((part.length / this.#rate) * 1000, () => {
      this.#busy = false;
      if (flow.ready) this.#waiting.add(flow);
      flow.departed(part);
      this.#next();
    });
  }

  #nextReady(): Flow | undefined {
    for (const flow of this.#waiting) {
      this.#waiting.delete(flow);
      if (flow.ready) return flow;
    }
    return undefined;
  }
}

/** The receiving half: what arrives is let through in the order of arrival. */
export class Downlink {
  readonly #world: World;
  readonly #rate: number;
  #freeAt = 0;

  constructor(world: World, rate: number) {
    this.#world = world;
    this.#rate = rate;
  }

  arrived(flow: Flow, part: Part): void {
    this.#freeAt = Math.max(this.#freeAt, this.#world.now) + (part.length / this.#rate) * 1000;
    this.#world.after(this.#freeAt - this.#world.now, () => flow.delivered(part));
  }
}
