import { type Bytes, concat } from '../base/bytes.ts';
import type { Random } from '../base/random.ts';
import { type Contact, contactOf } from './contact.ts';
import type { DhtCrypto, Identity } from './identity.ts';
import { MAX_SIGNAL, PUBLIC_KEY_BYTES, SECRET_BYTES, SIGNATURE_BYTES } from './limits.ts';
import { readSeconds, type Seconds, secondsBytes, statement } from './stamp.ts';

/** What one node tells another through those in between. */
export interface BoxContent {
  readonly from: Contact;
  readonly sent: Seconds;
  readonly payload: Bytes;
  /** Different for every box, whoever passes it on: the key pair it was sealed with. */
  readonly box: Bytes;
}

const VERSION = 1;
const HEAD = 1 + PUBLIC_KEY_BYTES;
const TAG = 16;
const SENT = PUBLIC_KEY_BYTES;
const SIGNATURE = SENT + 4;
const PAYLOAD = SIGNATURE + SIGNATURE_BYTES;
/** Every box has a key of its own. */
const NONCE = new Uint8Array(12);

/** What sealing adds to a payload, in bytes. */
const OVERHEAD = HEAD + PAYLOAD + TAG;
/** The largest payload. */
export const MAX_PAYLOAD = MAX_SIGNAL - OVERHEAD;

/**
 * Only the receiver reads it, and who sent it: version ‖ a key made for this box ‖ AES-256-GCM, under what that key
 * and the receiver's agree on, of sender's key ‖ seconds ‖ signature ‖ payload.
 * Nothing when the receiver's key is none: anybody may tell of a contact.
 * @throws RangeError when the payload is too long.
 */
export function sealBox(
  crypto: DhtCrypto,
  random: Random,
  own: Identity,
  to: Bytes,
  { sent, payload }: Pick<BoxContent, 'sent' | 'payload'>,
): Bytes | undefined {
  if (payload.length > MAX_PAYLOAD)
    throw new RangeError(`payload: expected at most ${MAX_PAYLOAD} bytes, received ${payload.length}`);
  const secret = random.bytes(SECRET_BYTES);
  const box = crypto.publicKeyOf(secret);
  const key = boxKey(crypto, secret, to, box, to);
  if (key === undefined) return undefined;
  const signature = crypto.sign(own.secret, signed(box, to, sent, payload));
  const content = concat(own.publicKey, secondsBytes(sent), signature, payload);
  const head = concat(Uint8Array.of(VERSION), box);
  return concat(head, crypto.seal(key, NONCE, content, concat(head, to)));
}

/** Nothing when it is not for us, or not of whom it says. Says nothing of replays: see `SeenSignals`. */
export function openBox(crypto: DhtCrypto, own: Identity, sealed: Bytes): BoxContent | undefined {
  if (sealed.length < OVERHEAD || sealed.length > MAX_SIGNAL || sealed[0] !== VERSION) return undefined;
  const head = sealed.subarray(0, HEAD);
  const box = sealed.slice(1, HEAD);
  const key = boxKey(crypto, own.secret, box, box, own.publicKey);
  const content = key && crypto.open(key, NONCE, sealed.subarray(HEAD), concat(head, own.publicKey));
  if (content === undefined) return undefined;
  const publicKey = content.slice(0, SENT);
  const sent = readSeconds(content, SENT);
  const payload = content.slice(PAYLOAD);
  const signature = content.subarray(SIGNATURE, PAYLOAD);
  if (!crypto.verify(publicKey, signed(box, own.publicKey, sent, payload), signature)) return undefined;
  return { from: contactOf(crypto, publicKey), sent, payload, box };
}

function boxKey(
  crypto: DhtCrypto,
  secret: Bytes,
  other: Bytes,
  box: Bytes,
  receiver: Bytes,
): Bytes | undefined {
  const agreed = crypto.agree(secret, other);
  return agreed && crypto.hkdf(concat(agreed, box, receiver), 'shoal/1 dht signal', SECRET_BYTES);
}

function signed(box: Bytes, to: Bytes, sent: Seconds, payload: Bytes): Bytes {
  return statement('signal', to, box, secondsBytes(sent), payload);
}
