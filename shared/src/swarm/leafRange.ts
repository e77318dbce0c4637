import { type Bytes, equal } from '../base/bytes.ts';
import { BLOCK, type PieceIndex, type PieceLayout } from '../content/layout.ts';
import type { PieceLayer } from '../content/merkle.ts';
import type { HashRange } from '../wire/message.ts';

/** The most hashes in one message (BEP 52). */
const LONGEST_RUN = 512;

/** A content that has a tree, and its piece layer once that is known. */
export interface HashedContent {
  readonly layout: PieceLayout;
  readonly root: Bytes;
  readonly layer: PieceLayer | undefined;
}

/**
 * The leaves of one whole piece, padding included: they prove themselves against the piece's hash, so that no proof is
 * asked for. Nothing for pieces of one block, which are their own leaves, or of more blocks than one message holds.
 */
export function leafRange({ layout, root }: HashedContent, piece: PieceIndex): HashRange | undefined {
  const length = layout.paddedBlocks(piece);
  if (length < 2 || length > LONGEST_RUN) return undefined;
  return { root, baseLayer: 0, index: (layout.pieceLength / BLOCK) * piece, length, proofLayers: 0 };
}

/** Whose leaves are asked for: only those of one whole piece are served. */
export function pieceOfLeaves(content: HashedContent, range: HashRange): PieceIndex | undefined {
  const { layout } = content;
  const piece = layout.index(range.index / (layout.pieceLength / BLOCK));
  const expected = piece === undefined ? undefined : leafRange(content, piece);
  const fits =
    expected?.length === range.length &&
    range.baseLayer === 0 &&
    range.proofLayers === 0 &&
    equal(range.root, content.root);
  return fits ? piece : undefined;
}
