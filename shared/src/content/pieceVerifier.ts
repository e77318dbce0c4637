import { equal } from '../base/bytes.ts';
import type { Crypto } from '../base/crypto.ts';
import type { PieceIndex, PieceLayout } from './layout.ts';
import { HASH, type PieceLayer, pieceRoot } from './merkle.ts';

/** What pieces are verified against. Piece hashes of version 1 join when open shares come. */
export interface PieceVerifier {
  readonly type: 'merkle';
  readonly layer: PieceLayer;
}

/** Whether a piece with these packed leaf hashes is the one that the link names. */
export function accepts(
  crypto: Crypto,
  verifier: PieceVerifier,
  layout: PieceLayout,
  piece: PieceIndex,
  leaves: Uint8Array,
): boolean {
  if (leaves.length !== layout.blocksIn(piece) * HASH) return false;
  return equal(pieceRoot(crypto, leaves, layout, piece), verifier.layer.hash(piece));
}
