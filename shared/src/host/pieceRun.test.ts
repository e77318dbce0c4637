import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { patterned } from '../acceptance/doubles/sessionWorld.ts';
import { concat } from '../base/bytes.ts';
import { PieceLayout } from '../content/layout.ts';
import { pieceRoot } from '../content/merkle.ts';
import { nobleCrypto } from '../platform/nobleCrypto.ts';
import { webCryptoHasher } from '../platform/webCryptoHasher.ts';
import { FilesSource } from './filesSource.ts';
import { localRunHasher, runsOf } from './pieceRun.ts';
import type { ChosenFile } from './snapshot.ts';

const KIB = 1024;
const hasher = webCryptoHasher();
const runs = localRunHasher({ crypto: nobleCrypto, hasher });
const key = patterned(32);

function filesOf(sizes: readonly number[]): ChosenFile[] {
  return sizes.map((size, place) => ({ path: [`${place}`], file: new Blob([patterned(size, place)]) }));
}

describe('runs of pieces', () => {
  it('are hashed as their pieces one by one would be, however they are cut into files', async () => {
    const size = fc.oneof(fc.integer({ min: 0, max: 5 }), fc.integer({ min: 0, max: 1500 * KIB }));
    await fc.assert(
      fc.asyncProperty(
        fc.array(size, { minLength: 1, maxLength: 12 }),
        fc.constantFrom(64 * KIB, 512 * KIB, 4096 * KIB),
        async (sizes, pieceLength) => {
          const files = filesOf(sizes);
          const source = new FilesSource(files);
          const layout = new PieceLayout(source.size, pieceLength);
          const plain = concat(...sizes.map((bytes, place) => patterned(bytes, place)));
          const cipher = await hasher.cipher(key, 0, plain);
          for (const run of runsOf(layout, source, key, 2048 * KIB)) {
            const result = await runs.hash(structuredClone(run));
            const expected = Array.from({ length: run.count }, async (_, place) => {
              const piece = layout.index(run.first + place)!;
              const begin = layout.offsetOf(piece);
              const leaves = await hasher.leaves(cipher.subarray(begin, begin + layout.sizeOf(piece)));
              return pieceRoot(nobleCrypto, leaves, layout, piece);
            });
            expect(result).toEqual({ type: 'hashed', hashes: concat(...(await Promise.all(expected))) });
          }
        },
      ),
      { numRuns: 15 },
    );
  });

  it('come one after the other, and hold every piece', () => {
    const part = new Blob([new Uint8Array(1000 * KIB)]);
    const long = (parts: number) => new Blob(Array.from({ length: parts }, () => part));
    const files = [long(40), new Blob(), new Blob([long(30), 'x'])];
    const source = new FilesSource(files.map((file, place) => ({ path: [`${place}`], file })));
    const layout = new PieceLayout(source.size, 64 * KIB);
    const all = [...runsOf(layout, source, key)];
    expect(all.map(({ first }) => first)).toEqual([0, 512, 1024]);
    expect(all.reduce((sum, { count }) => sum + count, 0)).toBe(layout.pieces);
    expect(all.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(source.size);
    expect(all.map((run) => [run.files.map(({ path }) => path[0]), run.skip])).toEqual([
      [['0'], 0],
      [['0', '2'], 32_768 * KIB],
      [['2'], 25_536 * KIB],
    ]);
  });

  it('are hashed in browsers whose streams fill no buffers of ours', async () => {
    const [file] = filesOf([1000 * KIB]);
    const plain = new Blob([patterned(1000 * KIB, 0)]);
    const stream = () => new ReadableStream({ start: (controller) => controller.close() });
    const older = Object.assign(new Blob([plain]), {
      slice: (from: number, to: number) => Object.assign(plain.slice(from, to), { stream }),
    });
    const layout = new PieceLayout(1000 * KIB, 64 * KIB);
    const hashesOf = async (of: ChosenFile) => {
      const [run] = runsOf(layout, new FilesSource([of]), key);
      return runs.hash(run!);
    };
    expect(await hashesOf({ path: ['0'], file: older })).toEqual(await hashesOf(file!));
  });

  it.each([
    ['cannot be read', new ReadableStream({ type: 'bytes', pull: (at) => at.error(new Error('moved')) })],
    ['is shorter than it was', new Blob(['short']).stream()],
  ])('name the file that %s', async (_, stream) => {
    const file = Object.assign(new Blob(), { slice: () => ({ stream: () => stream }) });
    Object.defineProperty(file, 'size', { value: 1000 * KIB });
    const layout = new PieceLayout(1000 * KIB, 64 * KIB);
    const [run] = runsOf(layout, new FilesSource([{ path: ['a', 'b'], file }]), key);
    expect(await runs.hash(run!)).toMatchObject({ type: 'unreadable', path: ['a', 'b'] });
  });
});
