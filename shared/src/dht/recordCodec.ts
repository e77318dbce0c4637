import type { Bencodable } from '../content/bencode.ts';
import type { Fields } from './fields.ts';
import { MAX_BODY, MAX_SALT, MAX_VALUE, PUBLIC_KEY_BYTES, SIGNATURE_BYTES } from './limits.ts';
import type { MutableRecord } from './mutableRecord.ts';
import { type Key, keyOf, PLACE_BYTES, placeBytes } from './nodeId.ts';
import type { ProviderRecord } from './providerRecord.ts';
import { isSeconds } from './stamp.ts';

export function providerFields({ key, author, issued, body, signature }: ProviderRecord): Bencodable {
  return { a: author, b: body, g: placeBytes(key), i: issued, s: signature };
}

/** Says nothing of the signature. */
export function readProviderRecord(fields: Fields): ProviderRecord | undefined {
  const author = fields.exactly('a', PUBLIC_KEY_BYTES);
  const body = fields.atMost('b', MAX_BODY);
  const key = readKey(fields);
  const issued = fields.number('i', Number.MAX_SAFE_INTEGER);
  const signature = fields.exactly('s', SIGNATURE_BYTES);
  if (!author || !body || !key || !isSeconds(issued) || !signature) return undefined;
  return { key, author, issued, body, signature };
}

/** Names as in BEP 44. */
export function mutableFields({ publicKey, salt, sequence, value, signature }: MutableRecord): Bencodable {
  return { k: publicKey, salt, seq: sequence, sig: signature, v: value };
}

/** Says nothing of the signature. */
export function readMutableRecord(fields: Fields): MutableRecord | undefined {
  const publicKey = fields.exactly('k', PUBLIC_KEY_BYTES);
  const salt = fields.atMost('salt', MAX_SALT);
  const sequence = fields.number('seq', Number.MAX_SAFE_INTEGER);
  const signature = fields.exactly('sig', SIGNATURE_BYTES);
  const value = fields.atMost('v', MAX_VALUE);
  if (!publicKey || !salt || sequence === undefined || !signature || !value) return undefined;
  return { publicKey, salt, sequence, value, signature };
}

export function readKey(fields: Fields): Key | undefined {
  const bytes = fields.exactly('g', PLACE_BYTES);
  return bytes && keyOf(bytes);
}

/** The record within an answer or a request. */
export function readRecord<T>(fields: Fields, reader: (record: Fields) => T | undefined): T | undefined {
  const record = fields.fields('r');
  return record && reader(record);
}
