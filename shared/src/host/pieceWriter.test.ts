import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type PieceIndex, PieceLayout } from '../content/layout.ts';
import { PieceWriter } from './pieceWriter.ts';
import type { PieceStore, WriteResult } from './ports.ts';

const MIB = 1024 * 1024;
const layout = new PieceLayout(1000 * MIB, MIB);

function storeOf(write: PieceStore['write']): PieceStore {
  const nothing = () => Promise.resolve(undefined);
  return { pieces: () => Promise.resolve([]), write, read: nothing, forget: nothing, close: () => undefined };
}

function piece(number: number): PieceIndex {
  return layout.index(number)!;
}

test('every piece is written once, in batches of bounded size, and told once', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 12 }), { maxLength: 40 }), async (sizes) => {
      const batches: number[][] = [];
      const bytesOf = sizes.map((size) => new Uint8Array(size));
      const writer = new PieceWriter(
        storeOf(async (pieces) => {
          await Promise.resolve();
          batches.push([...pieces.keys()]);
          return { type: 'written' };
        }),
        10,
      );
      const results = await Promise.all(
        bytesOf.map(
          (bytes, place) => new Promise<WriteResult>((done) => writer.write(piece(place), bytes, done)),
        ),
      );
      expect(results.every(({ type }) => type === 'written')).toBe(true);
      expect(batches.flat()).toEqual(sizes.map((_, place) => place));
      for (const batch of batches) {
        const total = batch.reduce((sum, place) => sum + sizes[place]!, 0);
        expect(total <= 10 || batch.length === 1).toBe(true);
      }
    }),
  );
});

test('a store that rejects is a write that failed, and the next is tried', async () => {
  let rejects = true;
  const writer = new PieceWriter(
    storeOf(() => (rejects ? Promise.reject(new Error('gone')) : Promise.resolve({ type: 'written' }))),
  );
  const write = () => new Promise<WriteResult>((done) => writer.write(piece(0), new Uint8Array(1), done));
  expect(await write()).toEqual({ type: 'failed', reason: 'Error: gone' });
  rejects = false;
  expect(await write()).toEqual({ type: 'written' });
});
