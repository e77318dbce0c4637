import type { Bytes } from './bytes.ts';

/**
 * The cryptography of small things, synchronous so that state machines stay state machines. Content, which is
 * large, goes through the host's Hasher instead.
 */
export interface Crypto {
  sha256(data: Uint8Array): Bytes;
  /** HMAC-SHA-256 (RFC 2104). */
  hmac(key: Uint8Array, data: Uint8Array): Bytes;
  /** HKDF-SHA-256 with an empty salt (RFC 5869). */
  hkdf(secret: Uint8Array, info: string, length: number): Bytes;
  /** AES-256-GCM: ciphertext ‖ 16-byte tag. */
  seal(key: Uint8Array, nonce: Uint8Array, plaintext: Uint8Array, associated?: Uint8Array): Bytes;
  /** The plaintext, or nothing when key, nonce, associated data or a single bit is wrong. */
  open(key: Uint8Array, nonce: Uint8Array, sealed: Uint8Array, associated?: Uint8Array): Bytes | undefined;
  /** Raw deflate (RFC 1951): the browser's own, which takes its time. Only who makes a share needs it. */
  deflate(data: Bytes): Promise<Bytes>;
  /** Nothing when the data is not raw deflate, or inflates to more than `limit` bytes; never allocates more than that. */
  inflate(data: Uint8Array, limit: number): Bytes | undefined;
}
