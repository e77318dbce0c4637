import type { Time } from '../base/time.ts';
import type { Lane } from './io.ts';
import { RequestQueue } from './requestQueue.ts';

/** What is asked of a peer on one of its lanes. */
interface Flow {
  readonly queue: RequestQueue;
  /** Bytes on order. */
  asked: number;
}

/** A peer's lanes as ways to ask it: each carries what its own path holds, and waits for none of the others. */
export class Flows {
  readonly #longestRange: number;
  readonly #lanes: ReadonlyMap<Lane, unknown>;
  readonly #flows = new Map<Lane, Flow>();

  /** @param lanes those that are open, at any time. */
  constructor(longestRange: number, lanes: ReadonlyMap<Lane, unknown>) {
    this.#longestRange = longestRange;
    this.#lanes = lanes;
  }

  queueOf(lane: Lane): RequestQueue {
    return this.#flow(lane).queue;
  }

  askedOn(lane: Lane): number {
    return this.#flow(lane).asked;
  }

  asked(lane: Lane, bytes: number): void {
    this.#flow(lane).asked += bytes;
  }

  /** The request has ended. The lane may have, too. */
  ended(lane: Lane, bytes: number): void {
    const flow = this.#flows.get(lane);
    if (flow !== undefined) flow.asked -= bytes;
  }

  closed(lane: Lane): void {
    this.#flows.delete(lane);
  }

  /** The open lane with the smallest part of what it holds on order; nothing when none has room. */
  withRoom(now: Time): Lane | undefined {
    let best: Lane | undefined;
    let least = 1;
    for (const lane of this.#lanes.keys()) {
      const { queue, asked } = this.#flow(lane);
      const part = asked / queue.size(now, this.#lanes.size);
      if (part < least) [best, least] = [lane, part];
    }
    return best;
  }

  /** How long the next range asked for on the lane may be, in bytes. */
  rangeLength(now: Time, lane: Lane): number {
    return this.#flow(lane).queue.rangeLength(now, this.#lanes.size);
  }

  #flow(lane: Lane): Flow {
    const present = this.#flows.get(lane);
    if (present !== undefined) return present;
    const flow = { queue: new RequestQueue(this.#longestRange), asked: 0 };
    this.#flows.set(lane, flow);
    return flow;
  }
}
