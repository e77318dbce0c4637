import { type Bytes, concat } from '../base/bytes.ts';
import type { Time } from '../base/time.ts';

const SMALL_FRAME = 4096;

/** The sending half of one connection to a peer: what waits for the end of the step, and how much may still be sent. */
export class OutgoingLane {
  readonly #queued: () => void;
  #frames: Bytes[] = [];
  #credit = 0;
  #reserved = 0;
  #granted = 0;
  #data = 0;
  #seen: { readonly granted: number; readonly at: Time } | undefined;

  /** @param queued called when the first frame waits for the end of the step. */
  constructor(queued: () => void = () => undefined) {
    this.#queued = queued;
  }

  /** Bytes the Transport still takes, beyond what is waiting or reserved. Control messages may push it below zero. */
  get credit(): number {
    return this.#credit - this.#reserved;
  }

  /** Bytes beyond what the Transport wanted to take. */
  get backlog(): number {
    return Math.max(-this.#credit, 0);
  }

  /** Bytes of pieces that are being read, or that the Transport has taken and not yet got rid of. */
  get ahead(): number {
    return this.#reserved + this.#data;
  }

  grant(bytes: number): void {
    this.#data = Math.max(this.#data - bytes, 0);
    this.#credit += bytes;
    this.#granted += bytes;
  }

  /** To be asked now and then: for how long pieces have been on their way, or credit used up, and nothing has left. */
  stuckFor(now: Time): number {
    const nothingWaits = this.#data === 0 && this.#credit > 0;
    if (this.#seen === undefined || nothingWaits || this.#seen.granted !== this.#granted)
      this.#seen = { granted: this.#granted, at: now };
    return now - this.#seen.at;
  }

  /** The time that has passed does not count. */
  woke(): void {
    this.#seen = undefined;
  }

  /** Holds room for a piece that is being read. */
  reserve(bytes: number): void {
    this.#reserved += bytes;
  }

  unreserve(bytes: number): void {
    this.#reserved -= bytes;
  }

  queue(frame: Bytes): void {
    this.#credit -= frame.length;
    if (frame.length > SMALL_FRAME) this.#data += frame.length;
    if (this.#frames.push(frame) === 1) this.#queued();
  }

  /** Everything queued, small frames joined: a lane is a byte stream and each buffer costs a message. */
  flush(): Bytes[] {
    const frames = this.#frames;
    this.#frames = [];
    return frames.length < 2 ? frames : joinSmall(frames);
  }
}

function joinSmall(frames: readonly Bytes[]): Bytes[] {
  const joined: Bytes[] = [];
  let small: Bytes[] = [];
  for (const frame of frames) {
    if (frame.length <= SMALL_FRAME) {
      small.push(frame);
    } else {
      joined.push(...joinedIntoOne(small), frame);
      small = [];
    }
  }
  joined.push(...joinedIntoOne(small));
  return joined;
}

function joinedIntoOne(frames: readonly Bytes[]): readonly Bytes[] {
  return frames.length < 2 ? frames : [concat(...frames)];
}
