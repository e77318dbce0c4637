import type { Random } from '../src/base/random.ts';
import type { Time } from '../src/base/time.ts';

/** Bytes in a packet. */
export const PACKET = 1200;
/** What it takes to see that a packet is missing, beyond the round trip of sending it again. */
const NOTICING = 20;

export interface PathOptions {
  /** Milliseconds one way. */
  readonly latency: Time;
  /** Milliseconds that a packet may take longer, at most. */
  readonly jitter: Time;
  /** Chance that a packet is lost. */
  readonly loss: number;
}

/** What lies between two peers. */
export class Path {
  readonly latency: Time;
  readonly #jitter: Time;
  readonly #loss: number;
  readonly #random: Random;
  /** Nothing gets through. */
  cut = false;

  constructor(random: Random, { latency, jitter, loss }: PathOptions) {
    this.#random = random;
    this.latency = latency;
    this.#jitter = jitter;
    this.#loss = loss;
  }

  /** Whatever is sent takes the latency, and no longer. */
  get undisturbed(): boolean {
    return this.#jitter === 0 && this.#loss === 0;
  }

  /** How many milliseconds more than the latency so many bytes take, of which packets were lost or not. */
  hindrance(bytes: number): { readonly delay: Time; readonly lost: boolean } {
    let delay = this.#jitter > 0 ? this.#jitter * this.#random.next() : 0;
    const lost = this.#loses(Math.ceil(bytes / PACKET));
    for (let again = lost; again; again = this.#loses(1)) delay += 2 * this.latency + NOTICING;
    return { delay, lost };
  }

  /** Whether at least one of so many packets is lost. */
  #loses(packets: number): boolean {
    return this.#loss > 0 && this.#random.next() > (1 - this.#loss) ** packets;
  }
}
