import type { Bencoded } from '../content/bencode.ts';

/** The value, if it is a dictionary. */
export function dictionaryOf(value: Bencoded | undefined): ReadonlyMap<string, Bencoded> | undefined {
  return typeof value === 'object' && 'get' in value ? value : undefined;
}
