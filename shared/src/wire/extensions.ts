import { type Bytes, fromUtf8 } from '../base/bytes.ts';
import { type Bencoded, decode, encode } from '../content/bencode.ts';
import { dictionaryOf } from './dictionary.ts';
import { MAX_METADATA } from '../content/metainfo.ts';
import { MAX_EXTENSIONS } from './limits.ts';

/** The id of the extended handshake itself (BEP 10). */
export const EXTENDED_HANDSHAKE = 0;

/**
 * The ids under which we take extension messages: metadata exchange (BEP 9), a have that is taken back (BEP 54), lanes,
 * the DHT, and what is told of other peers.
 */
export const UT_METADATA = 1;
export const LT_DONTHAVE = 2;
export const SHOAL_LANE = 3;
export const SHOAL_DHT = 4;
export const SHOAL_PEERS = 5;

/** What an extended handshake says, as far as it is used here. */
interface ExtendedHandshake {
  /** The id under which the sender takes each extension's messages, 1 to 255; 0: no longer. */
  readonly m: ReadonlyMap<string, number>;
  /** Bytes of the info dictionary, where the sender has it. */
  readonly metadataSize?: number | undefined;
  /** How many requests the sender queues, at least 1. */
  readonly reqq?: number | undefined;
}

/** What one says, beside that, of the program it is. */
interface Received extends ExtendedHandshake {
  /** It says that it is a Shoal peer. */
  readonly shoal?: true;
}

const CLIENT = 'Shoal';
const NONE: ReadonlyMap<string, number> = new Map();
const LIMITS = { maxDepth: 4, maxValues: 1000 };

export function encodeExtendedHandshake({ m, metadataSize, reqq }: ExtendedHandshake): Bytes {
  return encode({
    m,
    ...(metadataSize === undefined ? {} : { metadata_size: metadataSize }),
    ...(reqq === undefined ? {} : { reqq }),
    v: CLIENT,
  });
}

/**
 * Nothing when the payload is malformed or goes beyond the limits; unknown keys are ignored. A size or a queue of 0
 * says nothing, and is not in the result.
 */
export function parseExtendedHandshake(payload: Uint8Array): Received | undefined {
  const fields = dictionaryOf(decode(payload, LIMITS));
  if (fields === undefined) return undefined;
  const m = extensionIds(fields.get('m') ?? NONE);
  const metadataSize = count(fields.get('metadata_size') ?? 0, MAX_METADATA);
  const reqq = count(fields.get('reqq') ?? 0, Number.MAX_SAFE_INTEGER);
  if (m === undefined || metadataSize === undefined || reqq === undefined) return undefined;
  const shoal = isText(fields.get('v'), CLIENT) && { shoal: true as const };
  return { m, ...(metadataSize > 0 && { metadataSize }), ...(reqq > 0 && { reqq }), ...shoal };
}

function isText(value: Bencoded | undefined, text: string): boolean {
  return value instanceof Uint8Array && fromUtf8(value) === text;
}

function extensionIds(value: Bencoded): ReadonlyMap<string, number> | undefined {
  const items = dictionaryOf(value);
  if (items === undefined || items.size > MAX_EXTENSIONS) return undefined;
  const ids = new Map<string, number>();
  for (const [name, item] of items) {
    const id = count(item, 255);
    if (id === undefined) return undefined;
    ids.set(name, id);
  }
  return ids;
}

function count(value: Bencoded, most: number): number | undefined {
  return typeof value === 'number' && value >= 0 && value <= most ? value : undefined;
}
