import { type Bytes, concat, toUtf8 } from '../base/bytes.ts';
import type { DhtCrypto } from './identity.ts';
import { MAX_SALT, MAX_VALUE } from './limits.ts';
import { type Key, keyOf, PLACE_BYTES } from './nodeId.ts';

/** A value that its owner may change: BEP 44, but for the key's hash, which is SHA-256. */
export interface MutableRecord {
  /** Ed25519. */
  readonly publicKey: Bytes;
  /** Tells one owner's records apart: at most MAX_SALT bytes. */
  readonly salt: Bytes;
  /** The higher one replaces the lower. */
  readonly sequence: number;
  /** At most MAX_VALUE bytes, bencoded or not: nobody looks. */
  readonly value: Bytes;
  readonly signature: Bytes;
}

/** Where a record of that owner and salt is filed. */
export function mutableKey(crypto: DhtCrypto, publicKey: Bytes, salt: Bytes): Key {
  return keyOf(crypto.sha256(concat(publicKey, salt)).subarray(0, PLACE_BYTES));
}

/** @throws RangeError when value, salt or sequence are beyond their limits. */
export function signMutable(
  crypto: DhtCrypto,
  secret: Bytes,
  record: Pick<MutableRecord, 'salt' | 'sequence' | 'value'>,
): MutableRecord {
  const { salt, sequence, value } = record;
  if (salt.length > MAX_SALT || value.length > MAX_VALUE || !isSequence(sequence))
    throw new RangeError(
      `mutable record: expected at most ${MAX_VALUE} bytes, salt ${MAX_SALT} and a sequence, received ${value.length}, ${salt.length} and ${sequence}`,
    );
  const signature = crypto.sign(secret, signed(record));
  return { ...record, publicKey: crypto.publicKeyOf(secret), signature };
}

export function isGenuineMutable(crypto: DhtCrypto, record: MutableRecord): boolean {
  return crypto.verify(record.publicKey, signed(record), record.signature);
}

export function isSequence(value: unknown): value is number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0;
}

/** What BEP 44 signs. */
function signed({ salt, sequence, value }: Pick<MutableRecord, 'salt' | 'sequence' | 'value'>): Bytes {
  const salted = salt.length === 0 ? [] : [toUtf8(`4:salt${salt.length}:`), salt];
  return concat(...salted, toUtf8(`3:seqi${sequence}e1:v`), toUtf8(`${value.length}:`), value);
}
