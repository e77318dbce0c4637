import type { Brand } from '../base/brand.ts';
import { type Bytes, fromHex, toHex } from '../base/bytes.ts';

/** Names one path of a request: 8 random bytes, as 16 hexadecimal digits. */
export type PathId = Brand<string, 'PathId'>;

export const PATH_BYTES = 8;

/** @throws RangeError unless there are 8 bytes. */
export function pathIdOf(bytes: Uint8Array): PathId {
  const text = toHex(bytes);
  if (!isPathId(text)) throw new RangeError(`path: expected ${PATH_BYTES} bytes, received ${bytes.length}`);
  return text;
}

export function pathBytes(path: PathId): Bytes {
  return fromHex(path) ?? new Uint8Array(PATH_BYTES);
}

function isPathId(text: string): text is PathId {
  return text.length === 2 * PATH_BYTES;
}
