import type { Bytes } from '../src/base/bytes.ts';

/** What is shorter is left to the collector: it costs it little. */
const LEAST = 8192;
/** Lengths are rounded up to this, so that messages and pieces of similar lengths take each other's place. */
const STEP = 16_640;

/**
 * Room for pieces and for messages that carry parts of them, used again and again. A thousand peers pass on a thousand
 * pieces each: were that room made anew, the collector would do hardly anything but look for it in a gigabyte of peers.
 */
export class PiecePool {
  /** Room that nobody uses, by how many steps long it is. */
  readonly #free: ArrayBuffer[][] = [];
  readonly #ours = new WeakSet<ArrayBuffer>();

  /** What is in it is whatever was there before. */
  take(length: number): Bytes {
    if (length < LEAST) return new Uint8Array(length);
    const steps = Math.ceil(length / STEP);
    const room = this.#free[steps]?.pop() ?? this.#make(steps);
    return new Uint8Array(room, 0, length);
  }

  /** Nobody uses these bytes any more. They may have come from elsewhere, or be part of what was taken. */
  giveBack({ buffer }: Bytes): void {
    if (!this.#ours.has(buffer)) return;
    const steps = buffer.byteLength / STEP;
    (this.#free[steps] ??= []).push(buffer);
  }

  #make(steps: number): ArrayBuffer {
    const room = new ArrayBuffer(steps * STEP);
    this.#ours.add(room);
    return room;
  }
}
