import type { Bytes } from '../base/bytes.ts';
import type { Crypto } from '../base/crypto.ts';
import type { Random } from '../base/random.ts';
import type { Signatures } from '../base/signatures.ts';
import { type Contact, contactOf } from './contact.ts';
import { SECRET_BYTES } from './limits.ts';

/** What the DHT needs of cryptography. */
export type DhtCrypto = Crypto & Signatures;

/** Who a node is, for one tab session: nobody can be followed from one to the next. */
export interface Identity extends Contact {
  /** Ed25519. */
  readonly secret: Bytes;
}

export function newIdentity(crypto: DhtCrypto, random: Random): Identity {
  const secret = random.bytes(SECRET_BYTES);
  return { secret, ...contactOf(crypto, crypto.publicKeyOf(secret)) };
}
