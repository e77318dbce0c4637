import { createCipheriv, createHash, randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { type Bytes, concat, toHex } from '../base/bytes.ts';
import { webCryptoHasher } from './webCryptoHasher.ts';

const BLOCK = 16 * 1024;
const hasher = webCryptoHasher();

afterEach(() => {
  vi.restoreAllMocks();
});

describe('leaves', () => {
  it.each([0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 3 * BLOCK, 100 * BLOCK + 17])(
    'agrees with node for %i bytes',
    async (length) => {
      const data = random(length);
      expect(toHex(await hasher.leaves(data))).toBe(toHex(leavesOfNode(data)));
    },
  );

  it('reads a view within a larger buffer', async () => {
    const data = random(5 * BLOCK).subarray(100, 3 * BLOCK);
    expect(toHex(await hasher.leaves(data))).toBe(toHex(leavesOfNode(data)));
  });

  it('overlaps its digests, within a bound', async () => {
    let running = 0;
    let most = 0;
    const digest = crypto.subtle.digest.bind(crypto.subtle);
    vi.spyOn(crypto.subtle, 'digest').mockImplementation(async (algorithm, data) => {
      most = Math.max(most, ++running);
      const hash = await digest(algorithm, data);
      running--;
      return hash;
    });
    await hasher.leaves(random(200 * BLOCK));
    expect(most).toBe(32);
  });
});

describe('cipher', () => {
  it('agrees with node at any offset and length', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.integer({ min: 0, max: Math.floor(Number.MAX_SAFE_INTEGER / 16) }),
        fc.uint8Array({ maxLength: 500 }),
        async (key, block, data) => {
          const ours = await hasher.cipher(new Uint8Array(key), block * 16, new Uint8Array(data));
          expect(toHex(ours)).toBe(toHex(cipherOfNode(key, block * 16, data)));
        },
      ),
      { numRuns: 200 },
    );
  });

  it('can start anywhere in the stream, also past 64 GiB', async () => {
    const key = random(32);
    const stream = random(4 * BLOCK);
    for (const start of [0, 2 ** 32 - 2 * BLOCK, 2 ** 36 - 2 * BLOCK]) {
      const whole = await hasher.cipher(key, start, stream);
      const parts = [0, 16, BLOCK, 3 * BLOCK + 32, stream.length];
      const again = await Promise.all(
        parts
          .slice(1)
          .map((end, index) => hasher.cipher(key, start + parts[index]!, stream.subarray(parts[index], end))),
      );
      expect(toHex(concat(...again))).toBe(toHex(whole));
    }
  });

  it('is its own inverse, and leaves what it was given as it was', async () => {
    const key = random(32);
    const plain = random(1000);
    const before = plain.slice();
    const secret = await hasher.cipher(key, 4096, plain);
    expect(plain).toEqual(before);
    expect(secret).not.toEqual(plain);
    expect(await hasher.cipher(key, 4096, secret)).toEqual(plain);
  });

  it('hashes what it would encrypt', async () => {
    const [key, plain] = [random(32), random(3 * BLOCK + 5)];
    const secret = await hasher.cipher(key, 4096, plain);
    expect(await hasher.cipherLeaves(key, 4096, plain)).toEqual(await hasher.leaves(secret));
  });

  it('imports a key once, and keeps only the keys of late', async () => {
    const own = webCryptoHasher();
    const imports = vi.spyOn(crypto.subtle, 'importKey');
    const first = random(32);
    await Promise.all([0, 16, 32].map((offset) => own.cipher(first.slice(), offset, random(16))));
    expect(imports).toHaveBeenCalledTimes(1);
    for (let other = 0; other < 32; other++) await own.cipher(random(32), 0, random(16));
    expect(imports).toHaveBeenCalledTimes(33);
    await own.cipher(first, 0, random(16));
    expect(imports).toHaveBeenCalledTimes(34);
  });
});

function random(length: number): Bytes {
  return new Uint8Array(randomBytes(length));
}

function leavesOfNode(data: Uint8Array): Bytes {
  const hashes: Uint8Array[] = [];
  for (let offset = 0; offset < data.length; offset += BLOCK)
    hashes.push(
      createHash('sha256')
        .update(data.subarray(offset, offset + BLOCK))
        .digest(),
    );
  return concat(...hashes);
}

function cipherOfNode(key: Uint8Array, offset: number, data: Uint8Array): Uint8Array {
  const counter = (BigInt(offset) / 16n).toString(16).padStart(32, '0');
  return createCipheriv('aes-256-ctr', key, Buffer.from(counter, 'hex')).update(data);
}
