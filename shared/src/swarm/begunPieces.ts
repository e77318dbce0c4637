import type { Allocate } from '../base/bytes.ts';
import type { PieceIndex, PieceLayout } from '../content/layout.ts';
import { PieceDownload } from './pieceDownload.ts';
import type { PieceLedger } from './pieceLedger.ts';
import type { Supplier } from './supplier.ts';

/** Bytes of begun pieces. Who serves a block of each and no more must not fill the memory. */
const MOST_BYTES = 128 * 1024 * 1024;

type Download = PieceDownload<Supplier>;

/** Pieces of which something is here or on order, until they are stored or given up. */
export class BegunPieces {
  readonly #layout: PieceLayout;
  readonly #ledger: PieceLedger;
  readonly #allocate: Allocate;
  readonly #downloads = new Map<PieceIndex, Download>();

  constructor(layout: PieceLayout, ledger: PieceLedger, allocate: Allocate) {
    this.#layout = layout;
    this.#ledger = ledger;
    this.#allocate = allocate;
  }

  /** Room that they take. */
  get bytes(): number {
    return this.#downloads.size * this.#layout.pieceLength;
  }

  /** No more can be begun. */
  get full(): boolean {
    return this.bytes >= MOST_BYTES;
  }

  /** The oldest that nobody is working on. */
  get forsaken(): PieceIndex | undefined {
    for (const piece of this.#ledger.begun) if (this.#downloads.get(piece)?.asked.length === 0) return piece;
    return undefined;
  }

  get(piece: PieceIndex): Download | undefined {
    return this.#downloads.get(piece);
  }

  begin(piece: PieceIndex): Download {
    const download: Download = new PieceDownload(this.#layout, piece, this.#allocate);
    this.#downloads.set(piece, download);
    this.#ledger.move(piece, 'begun');
    return download;
  }

  end(piece: PieceIndex, as: 'had' | 'missing'): void {
    this.#downloads.delete(piece);
    this.#ledger.move(piece, as);
  }
}
