import { describe, expect, it, vi } from 'vitest';
import { webCryptoHasher } from '@shoal/shared/platform/webCryptoHasher.ts';
import { SpentMemory } from '../serviceWorker/spentMemory.ts';
import { frugalHasher } from './frugalHasher.ts';

const KEY = new Uint8Array(32);
const DATA = new Uint8Array(8 * 1024 * 1024);

describe('frugalHasher', () => {
  it('has the collector urged by what it verifies and ciphers, and not by what is hashed for a link', async () => {
    const urge = vi.fn();
    const hasher = frugalHasher(webCryptoHasher(), new SpentMemory(urge));
    await hasher.cipherLeaves(KEY, 0, DATA);
    await hasher.cipherLeaves(KEY, 0, DATA);
    await hasher.leaves(DATA);
    expect(urge).not.toHaveBeenCalled();
    await hasher.cipher(KEY, 0, DATA);
    expect(urge).toHaveBeenCalledOnce();
  });

  it('gives what the other gives', async () => {
    const plain = webCryptoHasher();
    const hasher = frugalHasher(plain, new SpentMemory());
    const data = DATA.slice(0, 100_000).fill(7);
    expect(await hasher.cipher(KEY, 16, data)).toEqual(await plain.cipher(KEY, 16, data));
    expect(await hasher.leaves(data)).toEqual(await plain.leaves(data));
    expect(await hasher.cipherLeaves(KEY, 16, data)).toEqual(await plain.cipherLeaves(KEY, 16, data));
  });
});
