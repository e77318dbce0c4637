import { describe, expect, it } from 'vitest';
import { PieceLayout } from '../content/layout.ts';
import { PieceCache } from './pieceCache.ts';

const layout = new PieceLayout(10 * 16_384, 16_384);
const at = (piece: number) => layout.index(piece)!;
const read = () => Promise.resolve(new Uint8Array());

describe('a cache of pieces', () => {
  it('holds so many bytes of all readers, and lets those go that are longest unused', () => {
    const cache = new PieceCache(40);
    const [one, two] = [cache.shelf(), cache.shelf()];
    one.put(at(0), read(), 10);
    one.put(at(1), read(), 10);
    two.put(at(0), read(), 20);
    one.put(at(0), one.take(at(0))!, 10);
    two.put(at(1), read(), 10);
    expect([0, 1].map((piece) => one.take(at(piece)) !== undefined)).toEqual([true, false]);
    expect([0, 1].map((piece) => two.take(at(piece)) !== undefined)).toEqual([true, true]);
  });

  it('holds two pieces however large they are', () => {
    const shelf = new PieceCache(40).shelf();
    for (const piece of [0, 1, 2]) shelf.put(at(piece), read(), 100);
    expect([0, 1, 2].map((piece) => shelf.take(at(piece)) !== undefined)).toEqual([false, true, true]);
  });

  it('has room again for what was forgotten, and forgets no other reading of the piece', () => {
    const cache = new PieceCache(30);
    const shelf = cache.shelf();
    const [former, latter] = [read(), read()];
    shelf.put(at(0), former, 10);
    shelf.put(at(0), latter, 10);
    shelf.forget(at(0), former);
    expect(shelf.take(at(0))).toBe(latter);
    shelf.put(at(0), latter, 10);
    for (const piece of [1, 2]) shelf.put(at(piece), read(), 10);
    shelf.clear();
    for (const piece of [3, 4, 5]) shelf.put(at(piece), read(), 10);
    expect([0, 3, 4, 5].map((piece) => shelf.take(at(piece)) !== undefined)).toEqual([
      false,
      true,
      true,
      true,
    ]);
  });
});
