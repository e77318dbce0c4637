import { ed25519, x25519 } from '@noble/curves/ed25519.js';
import type { Signatures } from '../base/signatures.ts';

export const nobleSignatures: Signatures = {
  publicKeyOf: (secret) => new Uint8Array(ed25519.getPublicKey(secret)),
  sign: (secret, message) => new Uint8Array(ed25519.sign(message, secret)),
  verify: (publicKey, message, signature) =>
    attempt(() => ed25519.verify(signature, message, publicKey, { zip215: false })) ?? false,
  agree: (secret, publicKey) =>
    attempt(() => {
      const other = ed25519.utils.toMontgomery(publicKey);
      return new Uint8Array(x25519.getSharedSecret(ed25519.utils.toMontgomerySecret(secret), other));
    }),
};

/** noble throws for bytes that are no key, no signature, or a point of low order. */
function attempt<T>(compute: () => T): T | undefined {
  try {
    return compute();
  } catch {
    return undefined;
  }
}
