import { describe, expect, test } from 'vitest';
import { patterned } from '../acceptance/doubles/sessionWorld.ts';
import { type Bytes, concat, equal } from '../base/bytes.ts';
import { PieceLayout } from '../content/layout.ts';
import { PieceLayer, pieceRoot } from '../content/merkle.ts';
import { nobleCrypto } from '../platform/nobleCrypto.ts';
import { webCryptoHasher } from '../platform/webCryptoHasher.ts';
import { contentStream, MissingPiece } from './contentStream.ts';
import { PieceCache } from './pieceCache.ts';
import { fromSource, fromStore, PieceReader } from './pieceReader.ts';
import type { PieceStore } from './ports.ts';

const PIECE = 16_384;
const SIZE = 3 * PIECE + 100;
const key = patterned(32);
const hasher = webCryptoHasher();
const layout = new PieceLayout(SIZE, PIECE);
const plain = patterned(SIZE, 1);

async function world(change: (bytes: Bytes, piece: number) => Bytes | undefined = (bytes) => bytes) {
  const cipher = await hasher.cipher(key, 0, plain);
  const pieceOf = (piece: number) => cipher.slice(piece * PIECE, (piece + 1) * PIECE);
  const hashes = await Promise.all(
    [...layout.indices()].map(async (piece) =>
      pieceRoot(nobleCrypto, await hasher.leaves(pieceOf(piece)), layout, piece),
    ),
  );
  const verifier = { type: 'merkle', layer: PieceLayer.of(nobleCrypto, layout, concat(...hashes)) } as const;
  const reads: number[] = [];
  const origin = (piece: number) => {
    reads.push(piece);
    return Promise.resolve(change(pieceOf(piece), piece));
  };
  return {
    reader: new PieceReader(origin, nobleCrypto, hasher, layout, verifier, new PieceCache()),
    reads,
    cipher,
  };
}

const at = (piece: number) => layout.index(piece)!;

describe('a reader of pieces', () => {
  test('gives what is right, and reads it once for many requests', async () => {
    const { reader, reads, cipher } = await world();
    const [one, two] = await Promise.all([reader.read(at(3)), reader.read(at(3))]);
    expect(equal(one!, cipher.slice(3 * PIECE))).toBe(true);
    expect([two === one, reads]).toEqual([true, [3]]);
  });

  test('gives what it was told to keep without reading it', async () => {
    const { reader, reads, cipher } = await world();
    const bytes = cipher.slice(0, PIECE);
    reader.keep(at(0), bytes);
    expect(await reader.read(at(0))).toBe(bytes);
    reader.close();
    await reader.read(at(0));
    expect(reads).toEqual([0]);
  });

  test.each<[string, (bytes: Bytes) => Bytes | undefined]>([
    ['is not there', () => undefined],
    ['is shorter', (bytes) => bytes.slice(1)],
    ['has one other bit', (bytes) => bytes.map((byte, place) => (place === 7 ? byte ^ 1 : byte))],
  ])('gives nothing when the piece %s, and looks again the next time', async (_, change) => {
    let changed = true;
    const { reader } = await world((bytes) => (changed ? change(bytes) : bytes));
    expect(await reader.read(at(0))).toBeUndefined();
    changed = false;
    expect(await reader.read(at(0))).toHaveLength(PIECE);
  });

  test('passes on that a file cannot be read, and looks again the next time', async () => {
    const trouble = { is: true };
    const source = {
      size: SIZE,
      read: (offset: number, length: number) =>
        trouble.is
          ? Promise.reject(new Error('gone'))
          : Promise.resolve(plain.slice(offset, offset + length)),
    };
    const origin = fromSource(source, hasher, key, layout);
    await expect(origin(at(0))).rejects.toThrow('gone');
    trouble.is = false;
    const { cipher } = await world();
    expect(equal((await origin(at(1)))!, cipher.slice(PIECE, 2 * PIECE))).toBe(true);
  });

  test('a store that rejects has not got the piece', async () => {
    const store = { read: () => Promise.reject(new Error('closed')) } satisfies Partial<PieceStore>;
    const origin = fromStore({ ...store, pieces: () => Promise.resolve([]) } as unknown as PieceStore);
    expect(await origin(at(0))).toBeUndefined();
  });
});

describe('a stream of content', () => {
  test('any range, decrypted from no earlier than it must', async () => {
    const { reader } = await world();
    let ciphered = 0;
    const counting = {
      ...hasher,
      cipher: (...args: Parameters<typeof hasher.cipher>) => {
        ciphered += args[2].length;
        return hasher.cipher(...args);
      },
    };
    for (const [offset, length] of [
      [0, SIZE],
      [0, 0],
      [5, 1],
      [PIECE - 1, 2],
      [PIECE, PIECE],
      [SIZE - 1, 1],
    ] as const) {
      ciphered = 0;
      const parts: Bytes[] = [];
      for await (const part of contentStream({ layout, reader, hasher: counting, key }, offset, length))
        parts.push(part);
      expect(equal(concat(...parts), plain.subarray(offset, offset + length))).toBe(true);
      expect(ciphered).toBeLessThan(length + 2 * 16);
    }
  });

  test('names the piece that is missing', async () => {
    const { reader } = await world((bytes, piece) => (piece === 2 ? undefined : bytes));
    const read = async () => {
      let total = 0;
      for await (const part of contentStream({ layout, reader, hasher, key }, 0, SIZE)) total += part.length;
      return total;
    };
    await expect(read()).rejects.toThrow(new MissingPiece(2));
  });
});
