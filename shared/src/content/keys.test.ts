import { createHmac, hkdfSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { toHex } from '../base/bytes.ts';
import { peerIdOf } from '../base/ids.ts';
import { nobleCrypto } from '../platform/nobleCrypto.ts';
import { deriveMemberKeys, deriveShareKeys, memberCheck, SECRET_BYTES } from './keys.ts';

const secret = new Uint8Array(SECRET_BYTES).fill(9);

function independently(key: Uint8Array, info: string, length: number): string {
  return Buffer.from(hkdfSync('sha256', key, '', info, length)).toString('hex');
}

describe('keys', () => {
  it('derives the keys of a share as another implementation of HKDF does', () => {
    const { content, manifest, membership } = deriveShareKeys(nobleCrypto, secret);
    expect(toHex(content)).toBe(independently(secret, 'shoal/1 content', 32));
    expect(toHex(manifest)).toBe(independently(secret, 'shoal/1 manifest', 32));
    expect(toHex(membership)).toBe(independently(secret, 'shoal/1 membership', 16));
  });

  it('derives the keys of members from the membership key alone', () => {
    const { membership } = deriveShareKeys(nobleCrypto, secret);
    const { signal, proof, check } = deriveMemberKeys(nobleCrypto, membership);
    expect(toHex(signal)).toBe(independently(membership, 'shoal/1 signal', 32));
    expect(toHex(proof)).toBe(independently(membership, 'shoal/1 proof', 32));
    expect(toHex(check)).toBe(independently(membership, 'shoal/1 check', 32));
  });

  it('checks a peer id with an HMAC over its 20 bytes', () => {
    const check = new Uint8Array(32).fill(3);
    const id = new Uint8Array(20).fill(0xab);
    const expected = createHmac('sha256', check).update(id).digest('base64url');
    expect(memberCheck(nobleCrypto, check, peerIdOf(id))).toBe(expected);
    expect(expected).toHaveLength(43);
  });
});
