import type { Hasher } from '@shoal/shared/host/ports.ts';
import type { SpentMemory } from '../serviceWorker/spentMemory.ts';

/**
 * Counts what is read, sent, received and saved as spent: all of it is verified or ciphered. What is hashed for a new
 * share is not counted: there every millisecond is waited for.
 */
export function frugalHasher(hasher: Hasher, spent: SpentMemory): Hasher {
  return {
    leaves(data) {
      spent.add(data.length);
      return hasher.leaves(data);
    },
    cipher(key, offset, data) {
      spent.add(data.length);
      return hasher.cipher(key, offset, data);
    },
    cipherLeaves: (key, offset, data) => hasher.cipherLeaves(key, offset, data),
  };
}
