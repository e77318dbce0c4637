import { type Bytes, toHex } from '../base/bytes.ts';
import { counterBlock } from '../content/cipher.ts';
import type { Hasher } from '../host/ports.ts';

const BLOCK = 16 * 1024;
const DIGEST = 32;
/** Digests under way at once: enough to hide the way to the browser's crypto threads and back. */
const OVERLAP = 32;
const KEYS_KEPT = 32;
/** The right half of the counter block counts, as far as any stream reaches. */
const COUNTER_BITS = 64;

/** Content's arithmetic on the platform's Web Cryptography, in a browser's worker as in Node. */
export function webCryptoHasher(): Hasher {
  const keys = new Map<string, Promise<CryptoKey>>();
  return { leaves, cipher, cipherLeaves };

  async function cipher(key: Bytes, offset: number, data: Bytes): Promise<Bytes> {
    const counter = counterBlock(offset);
    const algorithm = { name: 'AES-CTR', counter, length: COUNTER_BITS };
    return new Uint8Array(await crypto.subtle.encrypt(algorithm, await imported(key), data));
  }

  async function cipherLeaves(key: Bytes, offset: number, data: Bytes): Promise<Bytes> {
    return leaves(await cipher(key, offset, data));
  }

  /** Importing takes a round trip of its own, so the keys of late are kept. */
  function imported(key: Bytes): Promise<CryptoKey> {
    const name = toHex(key);
    const known = keys.get(name);
    if (known !== undefined) return known;
    const fresh = crypto.subtle.importKey('raw', key, 'AES-CTR', false, ['encrypt']);
    keys.set(name, fresh);
    for (const oldest of keys.keys()) if (keys.size > KEYS_KEPT) keys.delete(oldest);
    return fresh;
  }
}

async function leaves(data: Bytes): Promise<Bytes> {
  const count = Math.ceil(data.length / BLOCK);
  const hashes = new Uint8Array(count * DIGEST);
  let next = 0;
  await Promise.all(Array.from({ length: Math.min(OVERLAP, count) }, hashInTurn));
  return hashes;

  async function hashInTurn(): Promise<void> {
    while (next < count) {
      const block = next++;
      const hash = await crypto.subtle.digest('SHA-256', data.subarray(block * BLOCK, (block + 1) * BLOCK));
      hashes.set(new Uint8Array(hash), block * DIGEST);
    }
  }
}
