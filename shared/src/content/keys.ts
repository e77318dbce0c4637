import { type Bytes, toBase64Url } from '../base/bytes.ts';
import type { Crypto } from '../base/crypto.ts';
import { idBytes, type PeerId } from '../base/ids.ts';

/** Bytes of a share's secret, and of the membership key. */
export const SECRET_BYTES = 16;
const KEY_BYTES = 32;

/** What the secret of a private share gives. */
export interface ShareKeys {
  /** AES-256-CTR over the stream. */
  readonly content: Bytes;
  /** AES-256-GCM over the manifest. */
  readonly manifest: Bytes;
  /** 16 bytes: the key of a helper, who stores and serves what it cannot read. */
  readonly membership: Bytes;
}

/** What the membership key gives: the keys every member of the swarm has. */
export interface MemberKeys {
  /** Seals offers, answers and candidates. */
  readonly signal: Bytes;
  /** Proves membership on a new connection. */
  readonly proof: Bytes;
  /** Lets members know each other in the tracker's list. */
  readonly check: Bytes;
}

/** @param secret 16 random bytes, used for exactly one content: the fixed nonce and counter rest on that. */
export function deriveShareKeys(crypto: Crypto, secret: Bytes): ShareKeys {
  return {
    content: crypto.hkdf(secret, 'shoal/1 content', KEY_BYTES),
    manifest: crypto.hkdf(secret, 'shoal/1 manifest', KEY_BYTES),
    membership: crypto.hkdf(secret, 'shoal/1 membership', SECRET_BYTES),
  };
}

export function deriveMemberKeys(crypto: Crypto, membership: Bytes): MemberKeys {
  return {
    signal: crypto.hkdf(membership, 'shoal/1 signal', KEY_BYTES),
    proof: crypto.hkdf(membership, 'shoal/1 proof', KEY_BYTES),
    check: crypto.hkdf(membership, 'shoal/1 check', KEY_BYTES),
  };
}

/** What a private announce carries: 43 characters that only a member could have made for this peer id. */
export function memberCheck(crypto: Crypto, checkKey: Bytes, peerId: PeerId): string {
  return toBase64Url(crypto.hmac(checkKey, idBytes(peerId)));
}
