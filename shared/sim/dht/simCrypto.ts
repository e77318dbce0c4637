import { hash } from 'node:crypto';
import { type Bytes, concat, equal, toUtf8 } from '../../src/base/bytes.ts';
import type { DhtCrypto } from '../../src/dht/identity.ts';
import { PLACE_BYTES } from '../../src/dht/nodeId.ts';

/**
 * NOT CRYPTOGRAPHY. Stands in for it where thousands of nodes sign and seal on one core: everything verifies as the
 * real thing does, wrong keys and changed bits are noticed, but whoever wants to can forge. Attackers in the simulation
 * do not want to: that real signatures withstand them is shown with real ones, in `scenarios/smallWorld.test.ts`.
 */
export const simCrypto: DhtCrypto = {
  sha256: (data) =>
    isGround(data) ? concat(data.subarray(0, PLACE_BYTES), new Uint8Array(12)) : sha256(data),
  hmac: (key, data) => digest(32, key, data),
  hkdf: (secret, info, length) => sha256(concat(toUtf8(info), secret)).slice(0, length),
  seal: (key, nonce, plaintext, associated = NONE) =>
    concat(plaintext, digest(TAG, key, nonce, associated, plaintext)),
  open(key, nonce, sealed, associated = NONE) {
    const plaintext = new Uint8Array(sealed.subarray(0, Math.max(sealed.length - TAG, 0)));
    const tag = sealed.subarray(plaintext.length);
    return equal(digest(TAG, key, nonce, associated, plaintext), tag) ? plaintext : undefined;
  },
  deflate: (data) => Promise.resolve(data),
  inflate: (data, limit) => (data.length <= limit ? new Uint8Array(data) : undefined),
  publicKeyOf: (secret) => (isGround(secret) ? new Uint8Array(secret) : sha256(secret)),
  sign: (secret, message) => signature(simCrypto.publicKeyOf(secret), message),
  verify: (publicKey, message, signed) => equal(signature(publicKey, message), signed),
  agree(secret, publicKey) {
    const own = simCrypto.publicKeyOf(secret);
    return isBefore(own, publicKey) ? digest(32, own, publicKey) : digest(32, publicKey, own);
  },
};

const NONE = new Uint8Array();
const TAG = 16;
/** Ends a key that hashes to its own first 20 bytes: as if somebody had tried keys until one came near a place. */
const GROUND = toUtf8('ground-to-it');

/** A secret whose node has that id. */
export function groundSecret(id: Uint8Array): Bytes {
  return concat(id.subarray(0, PLACE_BYTES), GROUND);
}

function isGround(data: Uint8Array): boolean {
  return (
    data.length === PLACE_BYTES + GROUND.length &&
    data[PLACE_BYTES] === GROUND[0] &&
    equal(data.subarray(PLACE_BYTES), GROUND)
  );
}

function signature(publicKey: Uint8Array, message: Uint8Array): Bytes {
  return digest(64, publicKey, message);
}

function isBefore(a: Uint8Array, b: Uint8Array): boolean {
  const place = a.findIndex((byte, index) => byte !== b[index]);
  return (a[place] ?? 0) < (b[place] ?? 0);
}

/** So many bytes, four of them told apart: each step is one to one, so a single changed byte changes them all. */
function digest(length: number, ...parts: readonly Uint8Array[]): Bytes {
  let hash = 0x811c9dc5;
  for (const part of parts) {
    for (const byte of part) hash = Math.imul(hash ^ byte, 0x01000193);
    hash = Math.imul(hash ^ part.length, 0x85ebca6b);
  }
  hash ^= hash >>> 15;
  const bytes = new Uint8Array(length);
  new Uint32Array(bytes.buffer).fill(hash);
  return bytes;
}

function sha256(data: Uint8Array): Bytes {
  return new Uint8Array(hash('sha256', data, 'buffer'));
}
