import { type Bytes, concat, toUtf8 } from '../base/bytes.ts';

/** Seconds since 1970, a whole number below 2^32. */
export type Seconds = number;

const MAX_SECONDS = 2 ** 32 - 1;

/** Whether the number can be seconds since 1970. */
export function isSeconds(value: unknown): value is Seconds {
  return typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= MAX_SECONDS;
}

/** Four bytes, big-endian. */
export function secondsBytes(seconds: Seconds): Bytes {
  const bytes = new Uint8Array(4);
  new DataView(bytes.buffer).setUint32(0, seconds);
  return bytes;
}

/** Reads what `secondsBytes` wrote. */
export function readSeconds(bytes: Uint8Array, offset: number): Seconds {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength).getUint32(offset);
}

/** What is signed begins with what it is for: a signature made for one purpose is none for another. */
export function statement(purpose: string, ...parts: readonly Uint8Array[]): Bytes {
  return concat(toUtf8(`shoal/1 dht ${purpose}`), ...parts);
}
