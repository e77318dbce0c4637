import type { Bytes } from './bytes.ts';

/** Keys that prove who somebody is. Every secret is 32 random bytes (RFC 8032). Synchronous, as `Crypto` is. */
export interface Signatures {
  /** The Ed25519 public key, 32 bytes. */
  publicKeyOf(secret: Uint8Array): Bytes;
  /** 64 bytes (RFC 8032, Ed25519). */
  sign(secret: Uint8Array, message: Uint8Array): Bytes;
  /** False, too, for what is no key or no signature at all. */
  verify(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean;
  /**
   * 32 bytes that only the owners of both Ed25519 keys can compute: X25519 (RFC 7748) over the same curve. Nothing when
   * the public key is none, or of low order.
   */
  agree(secret: Uint8Array, publicKey: Uint8Array): Bytes | undefined;
}
