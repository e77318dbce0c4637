import type { Bytes } from '@shoal/shared/base/bytes.ts';

/** Of zip64's end of central directory, and of the locator that points at it (APPNOTE 4.3.14, 4.3.15). */
const END64 = 56;
const LOCATOR = 20;
/** Of the end that every zip has (APPNOTE 4.3.16). */
const END = 22;
/** As a reader expects it: 4.5, with zip64. */
const VERSION = 45;

/** What `withZip64End` adds. */
export const ZIP64_END = END64 + LOCATOR;

/**
 * A zip with its entries counted in zip64, by a writer that counts them in two bytes alone.
 * @param chunks the last one holds the zip's end and nothing else.
 */
export async function* withZip64End(
  chunks: AsyncIterable<Bytes>,
  entries: number,
): AsyncGenerator<Bytes, void> {
  let last: Bytes | undefined;
  for await (const chunk of chunks) {
    if (last !== undefined) yield last;
    last = chunk;
  }
  if (last?.length !== END)
    throw new RangeError(`zip: expected ${END} bytes at the end, received ${last?.length ?? 0}`);
  yield zip64End(last, entries);
  yield last;
}

function zip64End(end: Bytes, entries: number): Bytes {
  const plain = new DataView(end.buffer, end.byteOffset, end.byteLength);
  const [size, start] = [plain.getUint32(12, true), plain.getUint32(16, true)];
  const bytes = new Uint8Array(ZIP64_END);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, 0x06064b50, true);
  view.setBigUint64(4, BigInt(END64 - 12), true);
  view.setUint16(12, VERSION, true);
  view.setUint16(14, VERSION, true);
  view.setBigUint64(24, BigInt(entries), true);
  view.setBigUint64(32, BigInt(entries), true);
  view.setBigUint64(40, BigInt(size), true);
  view.setBigUint64(48, BigInt(start), true);
  view.setUint32(END64, 0x07064b50, true);
  view.setBigUint64(END64 + 8, BigInt(start + size), true);
  view.setUint32(END64 + 16, 1, true);
  return bytes;
}
