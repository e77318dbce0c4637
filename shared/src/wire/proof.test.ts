import { createHash, createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toHex } from '../base/bytes.ts';
import { peerIdOf } from '../base/ids.ts';
import { nobleCrypto } from '../platform/nobleCrypto.ts';
import { normalFingerprint } from './fingerprint.ts';
import { checkProof, PROOF, proofOf } from './proof.ts';

const key = Uint8Array.from({ length: 32 }, (_, index) => index);
const alice = { peerId: peerIdOf(new Uint8Array(20).fill(0xaa)), fingerprint: fingerprint(0x01) };
const bob = { peerId: peerIdOf(new Uint8Array(20).fill(0xbb)), fingerprint: fingerprint(0x02) };
const initiator = { ...alice, role: 'initiator' } as const;
const responder = { ...bob, role: 'responder' } as const;

/** SHA-256 fingerprint whose every byte is the same. */
function fingerprint(byte: number): string {
  return `sha-256 ${new Array(32).fill(byte.toString(16).padStart(2, '0')).join(':')}`;
}

describe('proof', () => {
  test('is the vector of PROTOCOL.md, and what another implementation computes', () => {
    const hash = (text: string) => createHash('sha256').update(text).digest();
    const ends = [
      Buffer.alloc(20, 0xaa),
      hash(fingerprint(0x01)),
      Buffer.alloc(20, 0xbb),
      hash(fingerprint(0x02)),
    ];
    const expected = createHmac('sha256', key)
      .update(Buffer.concat([Buffer.of(0), ...ends]))
      .digest('hex');
    expect(toHex(proofOf(nobleCrypto, key, initiator, bob))).toBe(expected);
    const document = readFileSync(new URL('../../../PROTOCOL.md', import.meta.url), 'utf8');
    expect(document).toContain(expected);
    expect(document).toContain(toHex(proofOf(nobleCrypto, key, responder, alice)));
  });

  test('of one end is right to the other', () => {
    const proof = proofOf(nobleCrypto, key, initiator, bob);
    expect(proof).toHaveLength(PROOF);
    expect(checkProof(nobleCrypto, key, initiator, bob, proof)).toBe('right');
  });

  test('is wrong when reflected, in another role, under another key, with other ids or certificates', () => {
    const proof = proofOf(nobleCrypto, key, initiator, bob);
    const check = (prover: typeof initiator | typeof responder, own: typeof bob, otherKey = key) =>
      checkProof(nobleCrypto, otherKey, prover, own, proof);
    expect(check(responder, alice)).toBe('wrong');
    expect(check({ ...alice, role: 'responder' }, bob)).toBe('wrong');
    expect(check({ ...bob, role: 'initiator' }, alice)).toBe('wrong');
    expect(check(initiator, bob, new Uint8Array(32))).toBe('wrong');
    expect(check({ ...initiator, peerId: bob.peerId }, bob)).toBe('wrong');
    expect(check({ ...initiator, fingerprint: fingerprint(3) }, bob)).toBe('wrong');
    expect(check(initiator, { ...bob, peerId: alice.peerId })).toBe('wrong');
    expect(check(initiator, { ...bob, fingerprint: fingerprint(3) })).toBe('wrong');
  });

  test('any other bytes are wrong', () => {
    const proof = proofOf(nobleCrypto, key, initiator, bob);
    fc.assert(
      fc.property(fc.nat({ max: 255 }), fc.integer({ min: 1, max: 255 }), (bit, mask) => {
        const other = proof.map((byte, index) => (index === bit % PROOF ? byte ^ mask : byte));
        expect(checkProof(nobleCrypto, key, initiator, bob, other)).toBe('wrong');
      }),
    );
    expect(checkProof(nobleCrypto, key, initiator, bob, proof.subarray(1))).toBe('wrong');
  });

  test('does not depend on how a browser writes a fingerprint', () => {
    const shouted = { ...bob, fingerprint: ` SHA-256  ${fingerprint(2).slice(8).toUpperCase()} ` };
    expect(proofOf(nobleCrypto, key, initiator, shouted)).toEqual(proofOf(nobleCrypto, key, initiator, bob));
  });
});

describe('normal fingerprint', () => {
  test('has the algorithm in lower case and the bytes in upper case', () => {
    expect(normalFingerprint('SHA-256 0a:Bc')).toBe('sha-256 0A:BC');
  });

  test('of a normal fingerprint is the same', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        expect(normalFingerprint(normalFingerprint(text))).toBe(normalFingerprint(text));
      }),
    );
  });
});
