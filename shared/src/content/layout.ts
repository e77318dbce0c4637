import type { Brand } from '../base/brand.ts';

/** Bytes of one leaf of the Merkle tree (BEP 52), and of one request. */
export const BLOCK = 16_384;

const KIB = 1024;
const MIB = 1024 * KIB;
const SMALL_FILE = MIB;
const LEAST_PIECE = 64 * KIB;
const LARGEST_PIECE = 4 * MIB;
const MOST_PIECES = 2000;

/** The number of a piece that the share has. Comes from `PieceLayout` only. */
export type PieceIndex = Brand<number, 'PieceIndex'>;

/** Bytes `begin` … `begin + length` − 1 of a piece: not empty, and within the piece. */
export interface PieceRange {
  readonly piece: PieceIndex;
  readonly begin: number;
  readonly length: number;
}

/** How a stream is cut into pieces, and pieces into blocks. All piece and block arithmetic lives here. */
export class PieceLayout {
  /** Bytes of the stream. */
  readonly length: number;
  /** Bytes of every piece but the last. */
  readonly pieceLength: number;
  /** How many pieces there are. */
  readonly pieces: number;

  /** @throws RangeError unless the length is a safe natural number and the piece length a power of two of a block or more. */
  constructor(length: number, pieceLength: number) {
    if (!Number.isSafeInteger(length) || length < 0)
      throw new RangeError(`length: expected a safe natural number, received ${length}`);
    if (!isPieceLength(pieceLength))
      throw new RangeError(`piece length: expected a power of two from ${BLOCK}, received ${pieceLength}`);
    this.length = length;
    this.pieceLength = pieceLength;
    this.pieces = Math.ceil(length / pieceLength);
  }

  /** The one check that makes a number the index of a piece. */
  index(piece: number): PieceIndex | undefined {
    return this.#has(piece) ? piece : undefined;
  }

  sizeOf(piece: PieceIndex): number {
    return Math.min(this.pieceLength, this.length - this.offsetOf(piece));
  }

  offsetOf(piece: PieceIndex): number {
    return piece * this.pieceLength;
  }

  blocksIn(piece: PieceIndex): number {
    return Math.ceil(this.sizeOf(piece) / BLOCK);
  }

  /** The piece with this byte of the stream. */
  pieceAt(offset: number): PieceIndex | undefined {
    return offset < this.length ? this.index(Math.floor(offset / this.pieceLength)) : undefined;
  }

  *indices(): Generator<PieceIndex> {
    for (let piece = 0; piece < this.pieces; piece++) if (this.#has(piece)) yield piece;
  }

  /** The range, if it is one: not empty, and within a piece of this share. */
  range(range: {
    readonly piece: number;
    readonly begin: number;
    readonly length: number;
  }): PieceRange | undefined {
    const piece = this.index(range.piece);
    const { begin, length } = range;
    if (piece === undefined || !Number.isSafeInteger(begin) || !Number.isSafeInteger(length))
      return undefined;
    const within = begin >= 0 && length > 0 && begin + length <= this.sizeOf(piece);
    return within ? { piece, begin, length } : undefined;
  }

  /** Which layer of the Merkle tree holds the hashes of pieces: 0 when a piece is one block (BEP 52 "base layer"). */
  get pieceLayer(): number {
    return Math.log2(this.pieceLength / BLOCK);
  }

  /** Layers of the Merkle tree above the piece layer: 0 when there is at most one piece. */
  get layersAbove(): number {
    return Math.log2(this.paddedPieces);
  }

  /** Hashes in the piece layer with its padding: a power of two. */
  get paddedPieces(): number {
    return powerOfTwoFrom(this.pieces);
  }

  /**
   * Leaves of a piece's own tree with their padding. Every piece of a longer stream fills its width; a stream of one
   * piece is padded only to the next power of two (BEP 52, "pieces root").
   */
  paddedBlocks(piece: PieceIndex): number {
    return this.pieces > 1 ? this.pieceLength / BLOCK : powerOfTwoFrom(this.blocksIn(piece));
  }

  #has(piece: number): piece is PieceIndex {
    return Number.isSafeInteger(piece) && piece >= 0 && piece < this.pieces;
  }
}

export function isPieceLength(bytes: number): boolean {
  return Number.isSafeInteger(bytes) && bytes >= BLOCK && powerOfTwoFrom(bytes) === bytes;
}

/** The smallest power of two that is no less than `n`; 1 for 0. */
export function powerOfTwoFrom(n: number): number {
  let power = 1;
  while (power < n) power *= 2;
  return power;
}

/** Bytes of a piece for a stream of this size: 1,000 to 2,000 pieces where the bounds on a piece allow. */
export function choosePieceLength(size: number): number {
  if (size < SMALL_FILE) return BLOCK;
  const wanted = powerOfTwoFrom(Math.ceil(size / MOST_PIECES));
  return Math.min(Math.max(wanted, LEAST_PIECE), LARGEST_PIECE);
}
