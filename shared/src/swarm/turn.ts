import type { PeerId } from '../base/ids.ts';
import type { PieceIndex, PieceRange } from '../content/layout.ts';

/** Bytes: nobody else waits longer for the end of somebody's turn. */
const LONGEST = 64 * 1024;

/**
 * Whose requests are being served. A piece is of use to nobody until it is whole: on a slow uplink one piece after
 * the other makes most peers wait half as long as all of them at once, and none of them longer.
 */
export class Turn {
  #peer: PeerId | undefined;
  #piece: PieceIndex | undefined;
  #served = 0;

  /** The peer would go on with the piece it is being served. */
  isOf(peer: PeerId, { piece }: PieceRange): boolean {
    return this.#peer === peer && this.#piece === piece && this.#served < LONGEST;
  }

  serve(peer: PeerId, range: PieceRange): void {
    if (!this.isOf(peer, range)) this.#served = 0;
    this.#peer = peer;
    this.#piece = range.piece;
    this.#served += range.length;
  }
}
