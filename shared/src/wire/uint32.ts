/** Big-endian. Bytes beyond the end read as 0. */
export function readUint32(bytes: Uint8Array, offset: number): number {
  const high = ((bytes[offset] ?? 0) << 8) | (bytes[offset + 1] ?? 0);
  const low = ((bytes[offset + 2] ?? 0) << 8) | (bytes[offset + 3] ?? 0);
  return ((high << 16) | low) >>> 0;
}

/** Writes one number, big-endian. */
export function writeUint32(bytes: Uint8Array, offset: number, number: number): void {
  bytes[offset] = number >>> 24;
  bytes[offset + 1] = number >>> 16;
  bytes[offset + 2] = number >>> 8;
  bytes[offset + 3] = number;
}

/** Writes one number after the other, big-endian, from `offset`. */
export function writeUint32s(bytes: Uint8Array, offset: number, ...numbers: readonly number[]): void {
  let at = offset;
  for (const number of numbers) {
    writeUint32(bytes, at, number);
    at += 4;
  }
}
