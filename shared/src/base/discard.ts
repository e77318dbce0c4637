import type { Bytes } from './bytes.ts';

/**
 * Gives the memory of bytes that are done with back at once, where the browser can, rather than when its collector
 * comes by: the next bytes then lie in memory that is at hand, and touching fresh memory costs more than encrypting it.
 */
export function discard({ buffer }: Bytes): void {
  if (isTransferable(buffer)) buffer.transfer(0);
}

/** ES2024. */
function isTransferable(
  buffer: ArrayBuffer,
): buffer is ArrayBuffer & { transfer(length: number): ArrayBuffer } {
  return 'transfer' in buffer;
}
