import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { expect, test } from 'vitest';
import { fromHex, toHex, toUtf8 } from '../base/bytes.ts';
import { nobleSignatures as signatures } from './nobleSignatures.ts';

/** RFC 8032, section 7.1, test 2. */
const secret = fromHex('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb')!;
const publicKey = '3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c';
const signature =
  '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da' +
  '085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00';
const message = Uint8Array.of(0x72);

test('signs as the RFC does', () => {
  expect(toHex(signatures.publicKeyOf(secret))).toBe(publicKey);
  expect(toHex(signatures.sign(secret, message))).toBe(signature);
  expect(signatures.verify(fromHex(publicKey)!, message, fromHex(signature)!)).toBe(true);
});

test('says no to another message, another key, a changed bit, and to what is no signature', () => {
  const right = fromHex(signature)!;
  const key = fromHex(publicKey)!;
  expect(signatures.verify(key, Uint8Array.of(0x73), right)).toBe(false);
  expect(signatures.verify(signatures.publicKeyOf(new Uint8Array(32).fill(7)), message, right)).toBe(false);
  for (const place of [0, 31, 32, 63]) {
    const wrong = right.slice();
    wrong[place]! ^= 1;
    expect(signatures.verify(key, message, wrong)).toBe(false);
  }
  expect(signatures.verify(key, message, new Uint8Array(63))).toBe(false);
  expect(signatures.verify(new Uint8Array(31), message, right)).toBe(false);
  expect(signatures.verify(new Uint8Array(32).fill(0xff), message, right)).toBe(false);
});

test('agrees with its like, and says nothing to keys of low order', () => {
  const other = new Uint8Array(32).fill(9);
  const shared = signatures.agree(secret, signatures.publicKeyOf(other));
  expect(shared).toHaveLength(32);
  expect(signatures.agree(other, signatures.publicKeyOf(secret))).toEqual(shared);
  const identity = new Uint8Array(32);
  identity[0] = 1;
  expect(signatures.agree(secret, identity)).toBeUndefined();
  expect(signatures.agree(secret, new Uint8Array(32).fill(0xff))).toBeUndefined();
  expect(signatures.agree(secret, new Uint8Array(5))).toBeUndefined();
});

test('another implementation takes our signatures, and we take its', () => {
  const pkcs8 = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), secret]);
  const key = createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' });
  const text = toUtf8('shoal');
  expect(verify(null, text, createPublicKey(key), signatures.sign(secret, text))).toBe(true);
  expect(signatures.verify(fromHex(publicKey)!, text, sign(null, text, key))).toBe(true);
});
