import { decodeBase64Url, encodeBase64Url } from './base64Url.ts';
import { decodeUtf8, encodeUtf8 } from './utf8.ts';

/** Bytes over a plain ArrayBuffer, so that they can be handed to WebCrypto and transferred between threads. */
export type Bytes = Uint8Array<ArrayBuffer>;

/** Room for so many bytes, whatever they are now. */
export type Allocate = (length: number) => Bytes;

export function allocate(length: number): Bytes {
  return new Uint8Array(length);
}

export function concat(...parts: readonly Uint8Array[]): Bytes {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let offset = 0;
  for (const part of parts) {
    whole.set(part, offset);
    offset += part.length;
  }
  return whole;
}

export function equal(a: Uint8Array, b: Uint8Array): boolean {
  return a.length === b.length && a.every((byte, index) => byte === b[index]);
}

/** Compares without stopping at the first difference: for proofs and tokens. Lengths are not secret. */
export function equalInConstantTime(a: Uint8Array, b: Uint8Array): boolean {
  if (a.length !== b.length) return false;
  let difference = 0;
  for (const [index, byte] of a.entries()) difference |= byte ^ (b[index] ?? 0);
  return difference === 0;
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'));
const DIGIT_0 = 48;
const LETTER_A = 97;

export function toHex(bytes: Uint8Array): string {
  let text = '';
  for (const byte of bytes) text += HEX[byte] ?? '';
  return text;
}

/** The bytes of lower-case hexadecimal text, or nothing when it is not that. */
export function fromHex(text: string): Bytes | undefined {
  if (!/^(?:[0-9a-f]{2})*$/.test(text)) return undefined;
  const bytes = new Uint8Array(text.length / 2);
  for (let place = 0; place < bytes.length; place++)
    bytes[place] = 16 * hexDigit(text, 2 * place) + hexDigit(text, 2 * place + 1);
  return bytes;
}

/** Of the digit 0 … 9, a … f at that place. */
function hexDigit(text: string, place: number): number {
  const code = text.charCodeAt(place);
  return code < LETTER_A ? code - DIGIT_0 : code - LETTER_A + 10;
}

/** base64url without padding (RFC 4648, section 5). */
export function toBase64Url(bytes: Uint8Array): string {
  return encodeBase64Url(bytes);
}

export function fromBase64Url(text: string): Bytes | undefined {
  return decodeBase64Url(text);
}

export function toUtf8(text: string): Bytes {
  return encodeUtf8(text);
}

/** The text, or nothing when the bytes are not well-formed UTF-8. */
export function fromUtf8(bytes: Uint8Array): string | undefined {
  return decodeUtf8(bytes);
}
