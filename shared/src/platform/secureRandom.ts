import type { Bytes } from '../base/bytes.ts';
import type { Random } from '../base/random.ts';

/** What one call of getRandomValues may be asked for (Web Cryptography, section 10.1.1). */
const QUOTA = 65_536;
const HIGH_BITS = 21;
const WORDS = 512;

/** Chance from the platform's secure source. */
export class SecureRandom implements Random {
  /** Drawn ahead: asking the platform costs the same for one number as for hundreds. */
  readonly #words = new Uint32Array(WORDS);
  #left = 0;

  /** All 53 bits that a number below 1 can hold. */
  next(): number {
    const [high, low] = [this.#word(), this.#word()];
    return ((high >>> (32 - HIGH_BITS)) * 2 ** 32 + low) / 2 ** (32 + HIGH_BITS);
  }

  bytes(length: number): Bytes {
    const random = new Uint8Array(length);
    for (let offset = 0; offset < length; offset += QUOTA)
      crypto.getRandomValues(random.subarray(offset, offset + QUOTA));
    return random;
  }

  #word(): number {
    if (this.#left === 0) this.#left = crypto.getRandomValues(this.#words).length;
    return this.#words[--this.#left] ?? 0;
  }
}

/** For all of a program. */
export const secureRandom: Random = new SecureRandom();
