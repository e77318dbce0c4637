import { type Bytes, concat } from '../base/bytes.ts';
import { idBytes, type InfoHash, type PeerId, peerIdOf } from '../base/ids.ts';
import type { Random } from '../base/random.ts';
import { type Contact, contactOf } from './contact.ts';
import type { DhtCrypto, Identity } from './identity.ts';
import { PUBLIC_KEY_BYTES, SECRET_BYTES, SIGNATURE_BYTES } from './limits.ts';
import { type Key, keyOf, PLACE_BYTES, placeBytes } from './nodeId.ts';
import { type ProviderRecord, signProvider } from './providerRecord.ts';
import { type Seconds, statement } from './stamp.ts';

/** Where the providers of a share are filed, and the key that seals what their records hold, if they are sealed. */
export interface ShareAddress {
  readonly key: Key;
  readonly seal: Bytes | undefined;
}

/** Who provides: a node to signal to, and its peer id in the swarm. */
export interface Provider {
  readonly contact: Contact;
  readonly peerId: PeerId;
}

const NONCE = 12;
const PLAIN = PUBLIC_KEY_BYTES + PLACE_BYTES + SIGNATURE_BYTES;

/** An open share is filed under its info hash, for everybody to see. */
export function openAddress(infoHash: InfoHash): ShareAddress {
  return { key: keyOf(idBytes(infoHash)), seal: undefined };
}

/** A private share's address tells whoever stores its records neither the info hash nor the key, nor who provides it. */
export function privateAddress(crypto: DhtCrypto, infoHash: InfoHash, membership: Bytes): ShareAddress {
  const secret = concat(membership, idBytes(infoHash));
  return {
    key: keyOf(crypto.hkdf(secret, 'shoal/1 dht key', PLACE_BYTES)),
    seal: crypto.hkdf(secret, 'shoal/1 dht seal', SECRET_BYTES),
  };
}

/** Says that we provide the share. The author is a key of this node for this address: others' records are not ours. */
export function writeProvider(
  crypto: DhtCrypto,
  random: Random,
  own: Identity,
  address: ShareAddress,
  said: { readonly peerId: PeerId; readonly issued: Seconds },
): ProviderRecord {
  const secret = crypto.hkdf(concat(own.secret, placeBytes(address.key)), 'shoal/1 dht author', SECRET_BYTES);
  const author = crypto.publicKeyOf(secret);
  const agreed = crypto.sign(own.secret, authorship(address.key, author));
  const plain = concat(own.publicKey, idBytes(said.peerId), agreed);
  const body = address.seal === undefined ? plain : sealed(crypto, random, address.seal, plain, author);
  return signProvider(crypto, secret, { key: address.key, issued: said.issued, body });
}

/** Who provides; nothing when it was not sealed by a member, or by the node that it names. */
export function readProvider(
  crypto: DhtCrypto,
  address: ShareAddress,
  { key, author, body }: ProviderRecord,
): Provider | undefined {
  const plain = address.seal === undefined ? body : opened(crypto, address.seal, body, author);
  if (key !== address.key || plain?.length !== PLAIN) return undefined;
  const publicKey = new Uint8Array(plain.subarray(0, PUBLIC_KEY_BYTES));
  const agreed = plain.subarray(PUBLIC_KEY_BYTES + PLACE_BYTES);
  if (!crypto.verify(publicKey, authorship(key, author), agreed)) return undefined;
  const peerId = peerIdOf(plain.subarray(PUBLIC_KEY_BYTES, PUBLIC_KEY_BYTES + PLACE_BYTES));
  return { contact: contactOf(crypto, publicKey), peerId };
}

function authorship(key: Key, author: Bytes): Bytes {
  return statement('author', placeBytes(key), author);
}

function sealed(crypto: DhtCrypto, random: Random, key: Bytes, plain: Bytes, author: Bytes): Bytes {
  const nonce = random.bytes(NONCE);
  return concat(nonce, crypto.seal(key, nonce, plain, author));
}

function opened(crypto: DhtCrypto, key: Bytes, body: Bytes, author: Bytes): Bytes | undefined {
  if (body.length < NONCE) return undefined;
  return crypto.open(key, body.subarray(0, NONCE), body.subarray(NONCE), author);
}
