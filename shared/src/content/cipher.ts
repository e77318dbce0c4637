import type { Bytes } from '../base/bytes.ts';

const CIPHER_BLOCK = 16;

/**
 * Where AES-256-CTR stands at a byte of the share's stream: the offset in cipher blocks, as 128 bits, big-endian. A
 * content key encrypts one stream ever, so no counter repeats under it.
 * @throws RangeError unless the offset is a natural multiple of 16.
 */
export function counterBlock(offset: number): Bytes {
  if (!Number.isSafeInteger(offset) || offset < 0 || offset % CIPHER_BLOCK !== 0)
    throw new RangeError(`offset: expected a multiple of ${CIPHER_BLOCK}, received ${offset}`);
  const block = new Uint8Array(CIPHER_BLOCK);
  new DataView(block.buffer).setBigUint64(8, BigInt(offset / CIPHER_BLOCK));
  return block;
}
