import type { Bytes } from '../base/bytes.ts';
import { SECOND } from '../base/time.ts';
import type { DhtCrypto } from './identity.ts';
import { CLOCK_TOLERANCE, MAX_BODY, RECORD_LIFE } from './limits.ts';
import { type Key, placeBytes } from './nodeId.ts';
import { type Seconds, secondsBytes, statement } from './stamp.ts';

/** Somebody provides what is filed under a key. What it says of itself is in the body, perhaps sealed. */
export interface ProviderRecord {
  readonly key: Key;
  /** Ed25519 public key, made for this record's key alone: it tells nobody which node this is. */
  readonly author: Bytes;
  /** When it was signed: a later record of the same author replaces it. */
  readonly issued: Seconds;
  /** At most MAX_BODY bytes. */
  readonly body: Bytes;
  readonly signature: Bytes;
}

export type Unsigned = Omit<ProviderRecord, 'author' | 'signature'>;

/** @throws RangeError when the body is too long. */
export function signProvider(crypto: DhtCrypto, secret: Bytes, record: Unsigned): ProviderRecord {
  if (record.body.length > MAX_BODY)
    throw new RangeError(`record: expected at most ${MAX_BODY} bytes, received ${record.body.length}`);
  const signature = crypto.sign(secret, signed(record));
  return { ...record, author: crypto.publicKeyOf(secret), signature };
}

export function isGenuine(crypto: DhtCrypto, record: ProviderRecord): boolean {
  return crypto.verify(record.author, signed(record), record.signature);
}

/** Neither too old nor of a time to come. */
export function isCurrent({ issued }: ProviderRecord, now: Seconds): boolean {
  return issued + RECORD_LIFE / SECOND > now && issued < now + CLOCK_TOLERANCE / SECOND;
}

function signed({ key, issued, body }: Unsigned): Bytes {
  return statement('provider', placeBytes(key), secondsBytes(issued), body);
}
