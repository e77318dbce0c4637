import { fromUtf8 } from '../base/bytes.ts';

export interface BencodeLimits {
  /** Dictionaries and lists within one another. */
  readonly maxDepth: number;
  /** Values altogether, containers included. */
  readonly maxValues: number;
}

const INTEGER = 0x69;
const LIST = 0x6c;
const DICTIONARY = 0x64;
const END = 0x65;
const COLON = 0x3a;

const LONGEST_NUMBER = 17;
const CANONICAL_NUMBER = /^(?:0|-?[1-9][0-9]*)$/;

/**
 * Where the bencoded value at the start of the bytes ends; nothing when it is malformed or beyond the limits. Builds
 * nothing, so that a decoder which recurses and trusts lengths can be run after it.
 */
export function endOfValue(bytes: Uint8Array, limits: BencodeLimits): number | undefined {
  return new Scanner(bytes, limits).value(0, 0);
}

class Scanner {
  readonly #bytes: Uint8Array;
  readonly #limits: BencodeLimits;
  #values = 0;

  constructor(bytes: Uint8Array, limits: BencodeLimits) {
    this.#bytes = bytes;
    this.#limits = limits;
  }

  value(start: number, depth: number): number | undefined {
    if (++this.#values > this.#limits.maxValues) return undefined;
    switch (this.#bytes[start]) {
      case INTEGER:
        return this.#integer(start + 1);
      case LIST:
        return this.#container(start + 1, depth + 1, false);
      case DICTIONARY:
        return this.#container(start + 1, depth + 1, true);
      case undefined:
        return undefined;
      default:
        return this.#string(start);
    }
  }

  #container(start: number, depth: number, keyed: boolean): number | undefined {
    if (depth > this.#limits.maxDepth) return undefined;
    let position: number | undefined = start;
    while (position !== undefined && this.#bytes[position] !== END) {
      if (keyed) position = this.#key(position);
      if (position !== undefined) position = this.value(position, depth);
    }
    return position === undefined ? undefined : position + 1;
  }

  /** Keys become text, so two that differ must stay different: well-formed UTF-8, without the replacement character. */
  #key(start: number): number | undefined {
    const end = this.#string(start);
    if (end === undefined) return undefined;
    const key = fromUtf8(this.#bytes.subarray(this.#bytes.indexOf(COLON, start) + 1, end));
    return key === undefined || key.includes('\uFFFD') ? undefined : end;
  }

  #string(start: number): number | undefined {
    const colon = this.#bytes.indexOf(COLON, start);
    const length = this.#number(start, colon);
    if (length === undefined || length < 0) return undefined;
    const end = colon + 1 + length;
    return end <= this.#bytes.length ? end : undefined;
  }

  #integer(start: number): number | undefined {
    const end = this.#bytes.indexOf(END, start);
    return this.#number(start, end) === undefined ? undefined : end + 1;
  }

  #number(start: number, end: number): number | undefined {
    if (end <= start || end - start > LONGEST_NUMBER) return undefined;
    const text = String.fromCharCode(...this.#bytes.subarray(start, end));
    const number = Number(text);
    return CANONICAL_NUMBER.test(text) && Number.isSafeInteger(number) ? number : undefined;
  }
}
