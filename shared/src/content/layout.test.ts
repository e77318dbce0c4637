import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BLOCK, choosePieceLength, PieceLayout, powerOfTwoFrom } from './layout.ts';

const pieceLengths = fc.integer({ min: 14, max: 26 }).map((power) => 2 ** power);
const layouts = fc
  .tuple(fc.integer({ min: 0, max: 2 ** 31 }), pieceLengths)
  .map(([length, pieceLength]) => new PieceLayout(length, pieceLength));
const smallLayouts = fc
  .tuple(fc.integer({ min: 0, max: 40 * BLOCK }), fc.constantFrom(BLOCK, 2 * BLOCK, 4 * BLOCK))
  .map(([length, pieceLength]) => new PieceLayout(length, pieceLength));

describe('PieceLayout', () => {
  it('cuts the stream into pieces without gap or overlap', () => {
    fc.assert(
      fc.property(smallLayouts, (layout) => {
        let end = 0;
        for (const piece of layout.indices()) {
          expect(layout.offsetOf(piece)).toBe(end);
          expect(layout.sizeOf(piece)).toBeGreaterThan(0);
          expect(layout.blocksIn(piece)).toBe(Math.ceil(layout.sizeOf(piece) / BLOCK));
          end += layout.sizeOf(piece);
        }
        expect(end).toBe(layout.length);
        expect([...layout.indices()]).toHaveLength(layout.pieces);
      }),
    );
  });

  it('finds the piece of a byte', () => {
    fc.assert(
      fc.property(layouts, fc.nat({ max: 2 ** 31 }), (layout, offset) => {
        const piece = layout.pieceAt(offset);
        if (offset >= layout.length) expect(piece).toBeUndefined();
        else expect(offset - layout.offsetOf(piece!)).toBeLessThan(layout.sizeOf(piece!));
        if (piece !== undefined) expect(offset).toBeGreaterThanOrEqual(layout.offsetOf(piece));
      }),
    );
  });

  it.each([-1, 0.5, 3, 2 ** 32, Number.NaN, Number.POSITIVE_INFINITY])('has no piece %d', (piece) => {
    const layout = new PieceLayout(3 * BLOCK, BLOCK);
    expect(layout.index(piece)).toBeUndefined();
  });

  it.each([-1, 3 * BLOCK, Number.NaN, Number.POSITIVE_INFINITY])('has no byte %d', (offset) => {
    expect(new PieceLayout(3 * BLOCK, BLOCK).pieceAt(offset)).toBeUndefined();
  });

  it.each([
    { begin: 0, length: 0 },
    { begin: -1, length: 1 },
    { begin: 0, length: BLOCK + 1 },
    { begin: 9, length: BLOCK },
    { begin: 0.5, length: 1 },
    { begin: 0, length: Number.NaN },
    { begin: 2 ** 53, length: 2 ** 53 },
  ])('refuses the range %o', (range) => {
    expect(new PieceLayout(3 * BLOCK, BLOCK).range({ piece: 1, ...range })).toBeUndefined();
  });

  it('accepts ranges up to the end of a shorter last piece only', () => {
    const layout = new PieceLayout(BLOCK + 100, BLOCK);
    expect(layout.range({ piece: 1, begin: 40, length: 60 })).toEqual({ piece: 1, begin: 40, length: 60 });
    expect(layout.range({ piece: 1, begin: 40, length: 61 })).toBeUndefined();
    expect(layout.range({ piece: 2, begin: 0, length: 1 })).toBeUndefined();
  });

  it.each([
    [-1, BLOCK],
    [2 ** 53, BLOCK],
    [1.5, BLOCK],
    [1, BLOCK / 2],
    [1, 3 * BLOCK],
    [1, 0],
    [1, Number.NaN],
    [1, Number.POSITIVE_INFINITY],
  ])('refuses a length of %d in pieces of %d', (length, pieceLength) => {
    expect(() => new PieceLayout(length, pieceLength)).toThrow(RangeError);
  });

  it('knows the shape of the tree', () => {
    const layout = new PieceLayout(5 * 65_536 + 1, 65_536);
    expect([layout.pieces, layout.pieceLayer, layout.paddedPieces, layout.layersAbove]).toEqual([6, 2, 8, 3]);
    expect(layout.paddedBlocks(layout.index(5)!)).toBe(4);
    const single = new PieceLayout(2 * BLOCK + 1, 1024 * 1024);
    expect([single.layersAbove, single.paddedBlocks(single.index(0)!)]).toEqual([0, 4]);
  });
});

describe('choosePieceLength', () => {
  it.each([
    [0, 16],
    [1024 * 1024 - 1, 16],
    [1024 * 1024, 64],
    [100 * 1024 * 1024, 64],
    [1024 ** 3, 1024],
    [20 * 1024 ** 3, 4096],
    [2 ** 43, 4096],
  ])('of %d bytes is %d KiB', (size, kib) => {
    expect(choosePieceLength(size)).toBe(kib * 1024);
  });

  it('makes 1,000 to 2,000 pieces of typical files', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2000 * 65_536, max: 2000 * 4 * 1024 * 1024 }), (size) => {
        const { pieces } = new PieceLayout(size, choosePieceLength(size));
        expect(pieces).toBeGreaterThanOrEqual(1000);
        expect(pieces).toBeLessThanOrEqual(2000);
      }),
    );
  });
});

describe('powerOfTwoFrom', () => {
  it.each([
    [0, 1],
    [1, 1],
    [2, 2],
    [3, 4],
    [2 ** 40 + 1, 2 ** 41],
  ])('%d is %d', (n, power) => {
    expect(powerOfTwoFrom(n)).toBe(power);
  });
});
