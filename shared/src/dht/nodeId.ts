import type { Brand } from '../base/brand.ts';
import { type Bytes, fromHex, toHex } from '../base/bytes.ts';
import type { Crypto } from '../base/crypto.ts';

/** Names a node for one tab session: the first 20 bytes of the SHA-256 of its public key, as 40 hexadecimal digits. */
export type NodeId = Brand<string, 'NodeId'>;

/** Where something is filed: 20 bytes, as 40 hexadecimal digits. */
export type Key = Brand<string, 'DhtKey'>;

/** A point in the space that nodes and keys share. */
export type Place = NodeId | Key;

export const PLACE_BYTES = 20;
const FORM = /^[0-9a-f]{40}$/;

export function nodeIdOf(crypto: Crypto, publicKey: Uint8Array): NodeId {
  return nodeIdOfBytes(crypto.sha256(publicKey).subarray(0, PLACE_BYTES));
}

/** @throws RangeError unless there are 20 bytes. */
export function nodeIdOfBytes(bytes: Uint8Array): NodeId {
  const text = toHex(bytes);
  if (!isNodeId(text)) throw wrongLength('node id', bytes);
  return text;
}

/** @throws RangeError unless there are 20 bytes. */
export function keyOf(bytes: Uint8Array): Key {
  const text = toHex(bytes);
  if (!isKey(text)) throw wrongLength('key', bytes);
  return text;
}

/** The key that a node's own place is: for looking up who is near it. */
export function keyAt(place: Place): Key {
  return keyOf(placeBytes(place));
}

export function placeBytes(place: Place): Bytes {
  return fromHex(place) ?? new Uint8Array(PLACE_BYTES);
}

function isNodeId(text: string): text is NodeId {
  return FORM.test(text);
}

function isKey(text: string): text is Key {
  return FORM.test(text);
}

function wrongLength(what: string, bytes: Uint8Array): RangeError {
  return new RangeError(`${what}: expected ${PLACE_BYTES} bytes, received ${bytes.length}`);
}
