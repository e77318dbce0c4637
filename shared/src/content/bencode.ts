import bencode from 'bencode';
import type { Bytes } from '../base/bytes.ts';
import { type BencodeLimits, endOfValue } from './bencodeScanner.ts';

/** A decoded value: byte strings stay bytes, dictionaries are maps by text. */
export type Bencoded = number | Bytes | readonly Bencoded[] | ReadonlyMap<string, Bencoded>;

/** What can be encoded. Numbers are safe integers; dictionaries are sorted, keys beyond ASCII by UTF-16 unit. */
export type Bencodable =
  | number
  | string
  | Uint8Array
  | readonly Bencodable[]
  | { readonly [key: string]: Bencodable }
  | ReadonlyMap<string, Bencodable>;

/** Enough for every message and info dictionary of Shoal. */
const LIMITS: BencodeLimits = { maxDepth: 8, maxValues: 10_000 };

export function encode(value: Bencodable): Bytes {
  return new Uint8Array(bencode.encode(value));
}

/**
 * The value that the bytes are, all of them. Nothing when they are malformed, hold a number that is not safe or not in
 * its shortest form, or go beyond the limits. The order of keys is not checked: encode again and compare where it
 * matters.
 */
export function decode(bytes: Uint8Array, limits: Partial<BencodeLimits> = {}): Bencoded | undefined {
  const prefix = decodePrefix(bytes, limits);
  return prefix?.length === bytes.length ? prefix.value : undefined;
}

/** The value at the start of the bytes, and how many of them it takes: what follows is somebody else's (BEP 9). */
export function decodePrefix(
  bytes: Uint8Array,
  limits: Partial<BencodeLimits> = {},
): { readonly value: Bencoded; readonly length: number } | undefined {
  // The package alone would follow a negative length backwards for ever, and recurse as deep as it is told to.
  const length = endOfValue(bytes, { ...LIMITS, ...limits });
  if (length === undefined) return undefined;
  return { value: tidy(bencode.decode(bytes.subarray(0, length))), length };
}

/** Own keys only: the package assigns a `__proto__` key as the prototype, where it is left behind. */
function tidy(value: unknown): Bencoded {
  if (typeof value === 'number') return value;
  if (value instanceof Uint8Array) return new Uint8Array(value);
  if (Array.isArray(value)) return value.map(tidy);
  return new Map(Object.entries(value ?? {}).map(([key, item]) => [key, tidy(item)]));
}
