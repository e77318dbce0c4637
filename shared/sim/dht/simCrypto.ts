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
  hmac: (key, data) => sha256(concat(key, data)),
  hkdf: (secret, info, length) => sha256(concat(toUtf8(info), secret)).slice(0, length),
  seal: (key, nonce, plaintext, associated = NONE) =>
    concat(plaintext, sha256(concat(key, nonce, associated, plaintext)).subarray(0, TAG)),
  open(key, nonce, sealed, associated = NONE) {
    const plaintext = sealed.slice(0, Math.max(sealed.length - TAG, 0));
    return equal(simCrypto.seal(key, nonce, plaintext, associated), sealed)
      ? new Uint8Array(plaintext)
      : undefined;
  },
  deflate: (data) => Promise.resolve(data),
  inflate: (data, limit) => (data.length <= limit ? new Uint8Array(data) : undefined),
  publicKeyOf: (secret) => (isGround(secret) ? new Uint8Array(secret) : sha256(secret)),
  sign: (secret, message) => signature(simCrypto.publicKeyOf(secret), message),
  verify: (publicKey, message, signed) => equal(signature(publicKey, message), signed),
  agree(secret, publicKey) {
    const own = simCrypto.publicKeyOf(secret);
    return sha256(isBefore(own, publicKey) ? concat(own, publicKey) : concat(publicKey, own));
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
  return concat(sha256(concat(publicKey, message)), new Uint8Array(32));
}

function isBefore(a: Uint8Array, b: Uint8Array): boolean {
  const place = a.findIndex((byte, index) => byte !== b[index]);
  return (a[place] ?? 0) < (b[place] ?? 0);
}

function sha256(data: Uint8Array): Bytes {
  return new Uint8Array(hash('sha256', data, 'buffer'));
}
