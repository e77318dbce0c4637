import { describe, expect, test } from 'vitest';
import { SeededRandom } from '../../sim/seededRandom.ts';
import { patterned } from '../acceptance/doubles/sessionWorld.ts';
import { deriveShareKeys } from '../content/keys.ts';
import { openManifest } from '../content/manifest.ts';
import { parseInfo } from '../content/metainfo.ts';
import { nobleCrypto } from '../platform/nobleCrypto.ts';
import { webCryptoHasher } from '../platform/webCryptoHasher.ts';
import { FilesSource } from './filesSource.ts';
import { localRunHasher } from './pieceRun.ts';
import { prepare } from './preparation.ts';

const runs = localRunHasher({ crypto: nobleCrypto, hasher: webCryptoHasher() });
const tools = { crypto: nobleCrypto, runs };
const keys = deriveShareKeys(nobleCrypto, new SeededRandom(1).bytes(16));

function run(size: number, abort = new AbortController(), told: number[] = []) {
  const source = new FilesSource([{ path: ['a'], file: new Blob([patterned(size)]) }]);
  const manifest = { files: [{ path: ['a'], size, type: '' }] };
  return prepare(tools, source, manifest, keys, (done) => told.push(done), abort.signal);
}

describe('preparation', () => {
  test.each([0, 1, 16_384, 16_385, 1_500_000])('of %i bytes makes what a receiver takes', async (size) => {
    const told: number[] = [];
    const { metainfo, layer } = await run(size, undefined, told);
    const parsed = parseInfo(nobleCrypto, metainfo.info, metainfo.infoHash);
    expect(parsed).toEqual({ type: 'metainfo', metainfo });
    expect(layer?.root).toEqual(metainfo.root);
    expect(openManifest(nobleCrypto, keys.manifest, metainfo.sealedManifest, size).type).toBe('manifest');
    expect(told).toEqual([...told].sort((a, b) => a - b));
    expect(told.at(-1) ?? 0).toBe(size);
  });

  test('tells when it is given up, also in the middle of the last piece', async () => {
    const abort = new AbortController();
    const preparing = run(10, abort);
    abort.abort(new Error('given up'));
    await expect(preparing).rejects.toThrow('given up');
  });

  test('refuses what no receiver would take before it reads a byte', async () => {
    let reads = 0;
    const file = Object.assign(new Blob(), {
      slice: () => {
        reads++;
        return new Blob();
      },
    });
    Object.defineProperty(file, 'size', { value: 2 ** 43 });
    const source = new FilesSource([{ path: ['a'], file }]);
    const making = prepare(tools, source, { files: [] }, keys, () => undefined, new AbortController().signal);
    await expect(making).rejects.toThrow(/^pieces: expected at most \d+, received \d+$/);
    expect(reads).toBe(0);
  });
});
