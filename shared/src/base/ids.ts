import type { Brand } from './brand.ts';
import { type Bytes, fromHex, toHex } from './bytes.ts';

/** Names a swarm: the first 20 bytes of the SHA-256 of the info dictionary (BEP 52), as 40 hexadecimal digits. */
export type InfoHash = Brand<string, 'InfoHash'>;

/** Names a peer in one swarm for one stretch of taking part, until it pauses or leaves: 20 random bytes, as 40 hexadecimal digits. */
export type PeerId = Brand<string, 'PeerId'>;

export const ID_BYTES = 20;
const FORM = /^[0-9a-f]{40}$/;

export function isInfoHash(text: unknown): text is InfoHash {
  return typeof text === 'string' && FORM.test(text);
}

export function isPeerId(text: unknown): text is PeerId {
  return typeof text === 'string' && FORM.test(text);
}

/** @throws RangeError unless there are 20 bytes. */
export function infoHashOf(bytes: Uint8Array): InfoHash {
  const text = toHex(bytes);
  if (!isInfoHash(text))
    throw new RangeError(`info hash: expected ${ID_BYTES} bytes, received ${bytes.length}`);
  return text;
}

/** @throws RangeError unless there are 20 bytes. */
export function peerIdOf(bytes: Uint8Array): PeerId {
  const text = toHex(bytes);
  if (!isPeerId(text)) throw new RangeError(`peer id: expected ${ID_BYTES} bytes, received ${bytes.length}`);
  return text;
}

export function idBytes(id: InfoHash | PeerId): Bytes {
  return fromHex(id) ?? new Uint8Array(ID_BYTES);
}
