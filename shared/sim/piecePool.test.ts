import { expect, test } from 'vitest';
import { PiecePool } from './piecePool.ts';

const PIECE = 64 * 1024;

test('what is given back is used again, whichever length it had', () => {
  const pool = new PiecePool();
  const first = pool.take(PIECE);
  expect(first).toHaveLength(PIECE);
  pool.giveBack(first);
  const second = pool.take(PIECE + 13);
  expect(second).toHaveLength(PIECE + 13);
  expect(second.buffer).toBe(first.buffer);
});

test('what is in use is nobody else’s', () => {
  const pool = new PiecePool();
  expect(pool.take(PIECE).buffer).not.toBe(pool.take(PIECE).buffer);
});

test('what comes from elsewhere is never handed out', () => {
  const pool = new PiecePool();
  const foreign = new Uint8Array(pool.take(PIECE).buffer.byteLength);
  pool.giveBack(foreign);
  expect(pool.take(PIECE).buffer).not.toBe(foreign.buffer);
});
