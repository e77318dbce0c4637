import type { Bytes } from '../../base/bytes.ts';
import type { Random } from '../../base/random.ts';

/** Chance for tests that repeats itself (mulberry32). */
export class Seeded implements Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0;
  }

  next(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  bytes(length: number): Bytes {
    const bytes = new Uint8Array(length);
    for (let place = 0; place < length; place++) bytes[place] = Math.floor(this.next() * 256);
    return bytes;
  }
}
