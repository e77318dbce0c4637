import type { PieceIndex } from '../content/layout.ts';
import type { BegunPieces } from './begunPieces.ts';
import type { SwarmContext } from './context.ts';
import type { Lane } from './io.ts';
import type { PieceDownload, Run } from './pieceDownload.ts';
import type { Choice, PiecePicker, Progress } from './piecePicker.ts';
import type { SoleSources } from './soleSources.ts';
import { LONGEST_RANGE, type Supplier } from './supplier.ts';
import type { Suppliers } from './suppliers.ts';

type Download = PieceDownload<Supplier>;

export interface RequestingParts {
  readonly picker: PiecePicker;
  readonly suppliers: Suppliers;
  readonly begun: BegunPieces;
  readonly soleSources: SoleSources;
  /** No more is to be fetched for now. */
  full(): boolean;
  /** Gives up a begun piece; false when none can be spared. */
  abandonOne(): boolean;
}

/** Asks every peer that has unchoked us for as much as it can take. */
export class Requesting {
  readonly #context: SwarmContext;
  readonly #parts: RequestingParts;

  constructor(context: SwarmContext, parts: RequestingParts) {
    this.#context = context;
    this.#parts = parts;
  }

  /** Who let us down comes last: what it was too slow for is first offered to everybody else. */
  fill(): void {
    this.#fillFrom(({ peer }) => !peer.snubbed);
    this.#fillFrom(() => true);
  }

  #fillFrom(counts: (supplier: Supplier) => boolean): void {
    const { suppliers } = this.#parts;
    for (const supplier of suppliers.ready) {
      if (!counts(supplier)) continue;
      for (let lane = this.#laneFor(supplier); lane !== undefined; lane = this.#laneFor(supplier))
        if (!this.#askOnce(supplier, lane)) break;
      if (this.#parts.full()) return;
      suppliers.rest(supplier);
    }
  }

  /** Where it may be asked for more. */
  #laneFor(supplier: Supplier): Lane | undefined {
    if (this.#parts.full() || supplier.peer.chokesUs) return undefined;
    return supplier.laneWithRoom(this.#context.now);
  }

  #askOnce(supplier: Supplier, lane: Lane): boolean {
    const choice = this.#parts.picker.pick(supplier.pieces, new SupplierProgress(this.#parts, supplier));
    const download = choice && this.#downloadOf(choice.piece);
    const run = choice && download && this.#runOf(choice, download, supplier, lane);
    if (download === undefined || run === undefined) return false;
    this.#ask(supplier, lane, download, run);
    return true;
  }

  #ask(supplier: Supplier, lane: Lane, download: Download, run: Run): void {
    const { now } = this.#context;
    const range = { piece: download.piece, begin: run.begin, length: run.length };
    const deadline = supplier.deadline(now, lane, run.length);
    download.request(run, supplier);
    this.#parts.soleSources.asked(download.piece, supplier.peer.id);
    supplier.ask({ download, range, lane, askedAt: now, deadline });
    supplier.peer.send({ ...range, type: 'request' }, lane);
  }

  #runOf(choice: Choice, download: Download, supplier: Supplier, lane: Lane): Run | undefined {
    const most = supplier.flows.rangeLength(this.#context.now, lane);
    return choice.type === 'again' ? download.nextRunAgain(most, supplier) : download.nextRun(most);
  }

  /** Nothing when there is no room for one more. */
  #downloadOf(piece: PieceIndex): Download | undefined {
    const { begun, suppliers } = this.#parts;
    const present = begun.get(piece);
    if (present !== undefined) return present;
    if (begun.full && !this.#parts.abandonOne()) return undefined;
    const download = begun.begin(piece);
    // New blocks for everybody to help with.
    suppliers.rouseAll();
    return download;
  }
}

/** How far pieces are, as the picker sees it with regard to one supplier. */
class SupplierProgress implements Progress {
  readonly #parts: RequestingParts;
  readonly #supplier: Supplier;

  constructor(parts: RequestingParts, supplier: Supplier) {
    this.#parts = parts;
    this.#supplier = supplier;
  }

  get idle(): boolean {
    return this.#supplier.asked === 0;
  }

  get suggested(): Iterable<PieceIndex> {
    return this.#supplier.suggested;
  }

  canAsk(piece: PieceIndex): boolean {
    return this.#parts.begun.get(piece)?.nextRun(LONGEST_RANGE) !== undefined;
  }

  canAskAgain(piece: PieceIndex): boolean {
    return this.#parts.begun.get(piece)?.nextRunAgain(LONGEST_RANGE, this.#supplier) !== undefined;
  }

  refuses(piece: PieceIndex): boolean {
    return this.#supplier.refuses(piece) || this.#parts.soleSources.isBarred(piece, this.#supplier.peer.id);
  }
}
