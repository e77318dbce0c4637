import fc from 'fast-check';
import { expect, test } from 'vitest';
import { nobleCrypto } from '../src/platform/nobleCrypto.ts';
import { quickCrypto } from './quickCrypto.ts';

const some = fc.uint8Array({ maxLength: 200 });
const key = fc.uint8Array({ minLength: 32, maxLength: 32 });
const nonce = fc.uint8Array({ minLength: 12, maxLength: 12 });

test('hashes as the browser does', () => {
  fc.assert(
    fc.property(key, some, (secret, data) => {
      expect(quickCrypto.sha256(data)).toEqual(nobleCrypto.sha256(data));
      expect(quickCrypto.hmac(secret, data)).toEqual(nobleCrypto.hmac(secret, data));
    }),
  );
});

test('seals as the browser does, and opens what is whole', () => {
  fc.assert(
    fc.property(key, nonce, some, some, (secret, once, plaintext, associated) => {
      const sealed = quickCrypto.seal(secret, once, plaintext, associated);
      expect(sealed).toEqual(nobleCrypto.seal(secret, once, plaintext, associated));
      expect(quickCrypto.open(secret, once, sealed, associated)).toEqual(plaintext);
      expect(quickCrypto.open(secret, once, sealed.subarray(1), associated)).toBeUndefined();
    }),
  );
});

test('opens nothing that is too short or for somebody else', () => {
  const [secret, once] = [new Uint8Array(32), new Uint8Array(12)];
  const sealed = quickCrypto.seal(secret, once, Uint8Array.of(1, 2, 3), Uint8Array.of(4));
  expect(quickCrypto.open(secret, once, sealed.subarray(0, 15), Uint8Array.of(4))).toBeUndefined();
  expect(quickCrypto.open(secret, once, sealed, Uint8Array.of(5))).toBeUndefined();
});
