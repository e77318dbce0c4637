import type { Bytes } from '../base/bytes.ts';
import type { Random } from '../base/random.ts';

/** What one call of getRandomValues may be asked for (Web Cryptography, section 10.1.1). */
const QUOTA = 65_536;
const HIGH_BITS = 21;

/** Chance from the platform's secure source. */
export const secureRandom: Random = { next, bytes };

/** All 53 bits that a number below 1 can hold. */
function next(): number {
  const [high = 0, low = 0] = crypto.getRandomValues(new Uint32Array(2));
  return ((high >>> (32 - HIGH_BITS)) * 2 ** 32 + low) / 2 ** (32 + HIGH_BITS);
}

function bytes(length: number): Bytes {
  const random = new Uint8Array(length);
  for (let offset = 0; offset < length; offset += QUOTA)
    crypto.getRandomValues(random.subarray(offset, offset + QUOTA));
  return random;
}
