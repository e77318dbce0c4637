import type { Bytes } from '../base/bytes.ts';
import type { PieceIndex } from '../content/layout.ts';
import { type Failure, hashBlocks, liarsOf, wrongBlocks } from './blame.ts';
import type { SwarmContext } from './context.ts';
import type { Operation } from './io.ts';
import type { PieceDownload } from './pieceDownload.ts';
import type { SoleSources } from './soleSources.ts';
import type { Supplier } from './supplier.ts';

/** Whole pieces waiting to be verified and stored: a slow disk slows the network, not the other way round. */
const MOST_BYTES = 64 * 1024 * 1024;

type Download = PieceDownload<Supplier>;

interface Stage {
  readonly download: Download;
  readonly step: 'verify' | 'store';
}

/** A failed piece whose true hashes are being asked for. */
interface Inquiry {
  readonly download: Download;
  readonly failure: Failure;
}

export interface SettlingEvents {
  /** The piece is verified and stored. */
  had(piece: PieceIndex): void;
  unstored(piece: PieceIndex, result: 'full' | 'failed'): void;
  /** The true hashes of a piece's blocks are wanted. */
  inquire(piece: PieceIndex): void;
  /** Nothing of the piece can be kept. */
  restart(piece: PieceIndex): void;
  /** These blocks have to be fetched again, the others are right. */
  resume(download: Download, wrong: readonly number[]): void;
}

/** Whole pieces, until they are stored, or it is settled who spoilt them. */
export class Settling {
  readonly #context: SwarmContext;
  readonly #soleSources: SoleSources;
  readonly #events: SettlingEvents;
  readonly #stages = new Map<Operation, Stage>();
  readonly #inquiries = new Map<PieceIndex, Inquiry>();
  #bytes = 0;

  constructor(context: SwarmContext, soleSources: SoleSources, events: SettlingEvents) {
    this.#context = context;
    this.#soleSources = soleSources;
    this.#events = events;
  }

  /** No more are to be fetched for now. */
  get full(): boolean {
    return this.#bytes >= MOST_BYTES;
  }

  begin(download: Download): void {
    this.#bytes += download.size;
    const operation = this.#context.operation();
    this.#stages.set(operation, { download, step: 'verify' });
    this.#context.emit({ type: 'verify', operation, piece: download.piece, bytes: download.bytes });
  }

  verified(operation: Operation, good: boolean, leaves: Bytes | undefined): void {
    const download = this.#end(operation, 'verify');
    if (download === undefined) return;
    if (good) this.#good(download, leaves);
    else this.#bad(download, leaves);
  }

  stored(operation: Operation, result: 'stored' | 'full' | 'failed'): void {
    const download = this.#end(operation, 'store');
    if (download === undefined) return;
    this.#bytes -= download.size;
    if (result === 'stored') this.#events.had(download.piece);
    else this.#events.unstored(download.piece, result);
  }

  /** The true hashes of a failed piece's blocks; nothing when nobody could tell them. */
  learned(piece: PieceIndex, truth: Bytes | undefined): void {
    const inquiry = this.#inquiries.get(piece);
    if (inquiry === undefined) return;
    this.#inquiries.delete(piece);
    const { download, failure } = inquiry;
    this.#bytes -= download.size;
    const wrong = truth === undefined ? [] : wrongBlocks(failure, truth);
    if (truth === undefined || wrong.length === 0) return this.#fetchAlone(failure);
    this.#events.resume(download, wrong);
    this.#blame(failure, truth);
  }

  #end(operation: Operation, step: Stage['step']): Download | undefined {
    const stage = this.#stages.get(operation);
    if (stage?.step !== step) return undefined;
    this.#stages.delete(operation);
    return stage.download;
  }

  #good(download: Download, leaves: Bytes | undefined): void {
    for (const author of download.contributors) if (author !== undefined) author.peer.proven = true;
    const operation = this.#context.operation();
    this.#stages.set(operation, { download, step: 'store' });
    this.#context.emit({ type: 'store', operation, piece: download.piece, bytes: download.bytes });
    const failure = this.#soleSources.settle(download.piece);
    if (failure !== undefined) this.#blame(failure, this.#leavesOf(download, leaves));
  }

  /** A single author is sure to have lied; of several, the blocks' true hashes tell who did. */
  #bad(download: Download, leaves: Bytes | undefined): void {
    const { piece } = download;
    const authors = download.contributors.map((author) => author?.peer.id);
    const [author, ...others] = new Set(authors);
    if (author !== undefined && others.length === 0) {
      this.#bytes -= download.size;
      this.#events.restart(piece);
      return this.#context.ban(author, 'poisoned');
    }
    const failure = { piece, authors, leaves: this.#leavesOf(download, leaves) };
    if (this.#bytes > MOST_BYTES / 2) {
      this.#bytes -= download.size;
      return this.#fetchAlone(failure);
    }
    this.#inquiries.set(piece, { download, failure });
    this.#events.inquire(piece);
  }

  #fetchAlone(failure: Failure): void {
    this.#soleSources.add(failure);
    this.#events.restart(failure.piece);
  }

  #blame(failure: Failure, truth: Bytes): void {
    for (const liar of liarsOf(failure, truth)) this.#context.ban(liar, 'poisoned');
  }

  #leavesOf(download: Download, leaves: Bytes | undefined): Bytes {
    return leaves ?? hashBlocks(this.#context.crypto, download.bytes);
  }
}
