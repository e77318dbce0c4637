import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../../sim/seededRandom.ts';
import { type Bytes, concat, equal } from '../base/bytes.ts';
import type { Crypto } from '../base/crypto.ts';
import { deriveShareKeys } from '../content/keys.ts';
import { BLOCK, choosePieceLength, PieceLayout } from '../content/layout.ts';
import { HASH, PieceLayer, pieceRoot } from '../content/merkle.ts';
import { nobleCrypto } from '../platform/nobleCrypto.ts';
import { webCryptoHasher } from '../platform/webCryptoHasher.ts';
import { contentStream } from './contentStream.ts';
import { FilesSource } from './filesSource.ts';
import { PieceCache } from './pieceCache.ts';
import { fromSource, PieceReader } from './pieceReader.ts';
import { localRunHasher } from './pieceRun.ts';
import type { Hasher } from './ports.ts';
import { prepare } from './preparation.ts';
import type { ChosenFile } from './snapshot.ts';

const MIB = 1024 * 1024;
const SIZE = 20 * 1024 * MIB + 12_345;
const keys = deriveShareKeys(nobleCrypto, new SeededRandom(51).bytes(16));
const layout = new PieceLayout(SIZE, choosePieceLength(SIZE));

/** So many bytes, made as they are read into buffers of the reader's, and counted. */
function zeros(length: number, reads: number[]): ReadableStream {
  let left = length;
  return new ReadableStream({
    type: 'bytes',
    pull(controller: ReadableByteStreamController) {
      const request = controller.byobRequest;
      const bytes = Math.min(left, request?.view?.byteLength ?? 0);
      left -= bytes;
      reads.push(bytes);
      request?.respond(bytes);
    },
  });
}

/** A file that is nowhere: each part is made when it is read, and counted. */
function unreal(part: (from: number, to: number) => Bytes) {
  const reads: number[] = [];
  const slice = (from = 0, to = SIZE) => ({
    arrayBuffer() {
      reads.push(to - from);
      return Promise.resolve(part(from, to).buffer);
    },
    stream: () => zeros(to - from, reads),
  });
  const file: ChosenFile['file'] = Object.assign(new Blob(), { slice });
  Object.defineProperty(file, 'size', { value: SIZE });
  return { reads, source: new FilesSource([{ path: ['huge.bin'], file }]) };
}

describe('row 51: a file of 20 GB', () => {
  it('is prepared a slice at a time, and read once', async () => {
    const { reads, source } = unreal(() => new Uint8Array());
    let inHand = 0;
    let most = 0;
    const crypto: Crypto = { ...nobleCrypto, sha256: () => new Uint8Array(HASH) };
    const hasher: Hasher = {
      ...webCryptoHasher(),
      async cipherLeaves(_key, _offset, data) {
        most = Math.max(most, (inHand += data.length));
        await Promise.resolve();
        inHand -= data.length;
        return new Uint8Array(HASH * Math.ceil(data.length / BLOCK));
      },
    };
    const runs = { ...localRunHasher({ crypto, hasher }), width: 4 };
    const manifest = { files: [{ path: ['huge.bin'], size: SIZE, type: '' }] };
    const told: number[] = [];
    const tell = (done: number) => void told.push(done);
    const { signal } = new AbortController();
    const { metainfo } = await prepare({ crypto, runs }, source, manifest, keys, tell, signal);
    expect(metainfo.layout.length).toBe(SIZE);
    expect(told.at(-1)).toBe(SIZE);
    expect(reads.reduce((sum, length) => sum + length, 0)).toBe(SIZE);
    expect(most).toBeLessThanOrEqual(MIB);
  });

  it('is given out right at its very end, of which no more than that is read', async () => {
    const at = (place: number) => (place ^ Math.floor(place / 65_536)) & 0xff;
    const part = (from: number, to: number) =>
      Uint8Array.from({ length: to - from }, (_, place) => at(from + place));
    const { reads, source } = unreal(part);
    const hasher = webCryptoHasher();
    const origin = fromSource(source, hasher, keys.content, layout);
    const hashes = new Uint8Array(layout.pieces * HASH);
    const last = layout.index(layout.pieces - 1)!;
    hashes.set(pieceRoot(nobleCrypto, await hasher.leaves((await origin(last))!), layout, last), last * HASH);
    const layer = PieceLayer.of(nobleCrypto, layout, hashes);
    const reader = new PieceReader(
      origin,
      nobleCrypto,
      hasher,
      layout,
      { type: 'merkle', layer },
      new PieceCache(),
    );
    const parts: Bytes[] = [];
    for await (const bytes of contentStream({ layout, reader, hasher, key: keys.content }, SIZE - 9999, 9999))
      parts.push(bytes);
    expect(equal(concat(...parts), part(SIZE - 9999, SIZE))).toBe(true);
    expect(reads).toEqual([layout.sizeOf(last), layout.sizeOf(last)]);
  });
});
