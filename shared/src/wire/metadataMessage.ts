import { type Bytes, concat } from '../base/bytes.ts';
import { type Bencoded, decodePrefix, encode } from '../content/bencode.ts';
import { dictionaryOf } from './dictionary.ts';
import { MAX_METADATA } from '../content/metainfo.ts';
import { METADATA_PART } from './limits.ts';

/** Metadata exchange (BEP 9): the info dictionary, in parts of METADATA_PART bytes. */
export type MetadataMessage =
  | { readonly type: 'request'; readonly part: number }
  /** `totalSize` is that of the whole info dictionary; `data` is exactly the part. */
  | { readonly type: 'data'; readonly part: number; readonly totalSize: number; readonly data: Bytes }
  | { readonly type: 'reject'; readonly part: number };

const KIND = { request: 0, data: 1, reject: 2 } as const;
const LIMITS = { maxDepth: 4, maxValues: 100 };
const MAX_PARTS = Math.ceil(MAX_METADATA / METADATA_PART);

export function encodeMetadataMessage(message: MetadataMessage): Bytes {
  const fields = { msg_type: KIND[message.type], piece: message.part };
  if (message.type !== 'data') return encode(fields);
  return concat(encode({ ...fields, total_size: message.totalSize }), message.data);
}

/**
 * Nothing when the payload is malformed or beyond the limits; `unknown` when it is of a kind yet to come, which BEP 9
 * wants ignored. The data is a view of the payload.
 */
export function parseMetadataMessage(
  payload: Bytes,
): MetadataMessage | { readonly type: 'unknown' } | undefined {
  const prefix = decodePrefix(payload, LIMITS);
  const fields = dictionaryOf(prefix?.value);
  const kind = fields?.get('msg_type');
  if (prefix === undefined || fields === undefined || typeof kind !== 'number') return undefined;
  if (kind < KIND.request || kind > KIND.reject) return { type: 'unknown' };
  const part = fields.get('piece');
  if (typeof part !== 'number' || part < 0 || part >= MAX_PARTS) return undefined;
  if (kind !== KIND.data) return { type: kind === KIND.request ? 'request' : 'reject', part };
  return parseData(part, fields.get('total_size'), payload.subarray(prefix.length));
}

function parseData(part: number, totalSize: Bencoded | undefined, data: Bytes): MetadataMessage | undefined {
  if (typeof totalSize !== 'number' || totalSize > MAX_METADATA) return undefined;
  const length = Math.min(METADATA_PART, totalSize - part * METADATA_PART);
  return length > 0 && data.length === length ? { type: 'data', part, totalSize, data } : undefined;
}
