import { type Bytes, concat } from '../base/bytes.ts';
import type { Crypto } from '../base/crypto.ts';
import { type Contact, contactOf } from './contact.ts';
import type { Fields } from './fields.ts';
import { PUBLIC_KEY_BYTES } from './limits.ts';

/** Public keys, one after the other: ids follow from them. */
export function contactBytes(contacts: readonly Contact[]): Bytes {
  return concat(...contacts.map(({ publicKey }) => publicKey));
}

export function readContacts(
  crypto: Crypto,
  fields: Fields,
  name: string,
  most: number,
): readonly Contact[] | undefined {
  return fields.parts(name, PUBLIC_KEY_BYTES, most)?.map((publicKey) => contactOf(crypto, publicKey));
}
