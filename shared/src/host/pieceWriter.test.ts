import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ManualClock } from '../acceptance/doubles/manualClock.ts';
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
        new ManualClock(),
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
    new ManualClock(),
  );
  const write = () => new Promise<WriteResult>((done) => writer.write(piece(0), new Uint8Array(1), done));
  expect(await write()).toEqual({ type: 'failed', reason: 'Error: gone' });
  rejects = false;
  expect(await write()).toEqual({ type: 'written' });
});

/** A store that takes 100 ms for each transaction. */
function slowly() {
  const clock = new ManualClock();
  const begun = clock.now();
  const transactions: { at: number; pieces: number }[] = [];
  const writer = new PieceWriter(
    storeOf(
      (pieces) =>
        new Promise((resolve) => {
          transactions.push({ at: clock.now() - begun, pieces: pieces.size });
          clock.at(clock.now() + 100, () => resolve({ type: 'written' }));
        }),
    ),
    clock,
  );
  let stored = 0;
  const write = (number: number, size = 64 * 1024) =>
    writer.write(piece(number), new Uint8Array(size), () => stored++);
  const pass = async (time: number) => {
    for (let passed = 0; passed < time; passed += 10) {
      clock.pass(10);
      for (let turn = 0; turn < 10; turn++) await Promise.resolve();
    }
  };
  return { transactions, write, pass, stored: () => stored };
}

test('the first piece is stored at once; those that come slowly, together, while storing takes a third of the time', async () => {
  const { transactions, write, pass, stored } = slowly();
  for (let number = 0; number < 9; number++) {
    write(number);
    await pass(100);
  }
  await pass(500);
  expect(transactions).toEqual([
    { at: 0, pieces: 1 },
    { at: 300, pieces: 2 },
    { at: 600, pieces: 3 },
    { at: 900, pieces: 3 },
  ]);
  expect(stored()).toBe(9);
});

test('what is worth a transaction of its own does not wait', async () => {
  const { transactions, write, pass } = slowly();
  write(0);
  await pass(150);
  write(1, MIB / 2);
  await pass(10);
  write(2, MIB / 2);
  expect(transactions).toEqual([
    { at: 0, pieces: 1 },
    { at: 160, pieces: 2 },
  ]);
});
