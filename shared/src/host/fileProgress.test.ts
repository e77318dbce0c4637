import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PieceLayout } from '../content/layout.ts';
import { FileProgress } from './fileProgress.ts';

const PIECE = 16_384;
const sizes = fc.array(fc.oneof(fc.constant(0), fc.integer({ min: 0, max: 3 * PIECE }), fc.constant(PIECE)), {
  minLength: 1,
  maxLength: 12,
});

function progressOf(fileSizes: readonly number[]) {
  const files = fileSizes.map((size, index) => ({ path: [String(index)], size, type: '' }));
  const layout = new PieceLayout(
    fileSizes.reduce((sum, size) => sum + size, 0),
    PIECE,
  );
  return { progress: new FileProgress({ files }, layout), layout };
}

test('each file has the bytes that pieces here hold of it, as a plain count says', () => {
  fc.assert(
    fc.property(
      sizes,
      fc.array(fc.tuple(fc.nat(), fc.boolean()), { maxLength: 30 }),
      (fileSizes, changes) => {
        const { progress, layout } = progressOf(fileSizes);
        const here = new Set<number>();
        for (const [number, come] of changes) {
          const piece = layout.index(number % Math.max(layout.pieces, 1));
          if (piece === undefined || here.has(piece) === come) continue;
          if (come) {
            here.add(piece);
            progress.had(piece);
          } else {
            here.delete(piece);
            progress.lost(piece);
          }
        }
        let offset = 0;
        const counted = fileSizes.map((size) => {
          let have = 0;
          for (const piece of here)
            have += Math.max(
              0,
              Math.min(offset + size, (piece + 1) * PIECE) - Math.max(offset, piece * PIECE),
            );
          offset += size;
          return have;
        });
        expect(progress.files.map(({ have }) => have)).toEqual(counted);
      },
    ),
  );
});

test('what has not changed keeps its reference', () => {
  const { progress, layout } = progressOf([PIECE, PIECE, PIECE]);
  const before = progress.files;
  expect(progress.files).toBe(before);
  progress.had(layout.index(1)!);
  expect(progress.files[0]).toBe(before[0]);
  expect(progress.files[1]).not.toBe(before[1]);
});

test('the files of a piece are those with bytes in it', () => {
  const { progress, layout } = progressOf([0, PIECE - 1, 0, 2, 0]);
  const names = (piece: number) => progress.filesOf(layout.index(piece)!).map(({ index }) => index);
  expect([names(0), names(1)]).toEqual([[1, 3], [3]]);
});

test('a hundred thousand empty files before the content cost nothing a piece', () => {
  const { progress, layout } = progressOf([...new Array<number>(100_000).fill(0), 2000 * PIECE]);
  for (const piece of layout.indices()) progress.had(piece);
  expect(progress.files.at(-1)?.have).toBe(2000 * PIECE);
});
