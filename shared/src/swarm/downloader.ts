import type { Bitfield } from '../base/bitfield.ts';
import type { PeerId } from '../base/ids.ts';
import type { PieceIndex, PieceLayout } from '../content/layout.ts';
import type { Message, Range } from '../wire/message.ts';
import type { SwarmContext } from './context.ts';
import type { Operation } from './io.ts';
import type { Peer } from './peer.ts';
import { type Asked, PieceDownload, type Run } from './pieceDownload.ts';
import { PieceLedger } from './pieceLedger.ts';
import { type Choice, PiecePicker, type Progress } from './piecePicker.ts';
import { LONGEST_RANGE, type Outstanding, Supplier } from './supplier.ts';

/** Whole pieces waiting to be verified and stored: a slow disk slows the network, not the other way round. */
const MAX_SETTLING = 64 * 1024 * 1024;
/** What a peer may send unasked before it is sent away. */
const MAX_UNREQUESTED = 16;

interface Settling {
  readonly download: PieceDownload<Supplier>;
  readonly step: 'verify' | 'store';
}

export interface DownloaderEvents {
  /** The piece is verified and stored. */
  had(piece: PieceIndex): void;
}

/** Fetches pieces: asks, gathers, has them verified and stored. */
export class Downloader {
  readonly #context: SwarmContext;
  readonly #layout: PieceLayout;
  readonly #events: DownloaderEvents;
  readonly #ledger: PieceLedger;
  readonly #picker: PiecePicker;
  readonly #suppliers = new Map<PeerId, Supplier>();
  readonly #downloads = new Map<PieceIndex, PieceDownload<Supplier>>();
  readonly #settling = new Map<Operation, Settling>();
  /** Found nothing to ask for, until something changes. */
  readonly #idle = new Set<Supplier>();
  #settlingBytes = 0;
  #stopped = false;

  constructor(context: SwarmContext, layout: PieceLayout, have: Bitfield, events: DownloaderEvents) {
    this.#context = context;
    this.#layout = layout;
    this.#events = events;
    this.#ledger = new PieceLedger(layout);
    this.#picker = new PiecePicker(this.#ledger, context.random);
    for (const piece of layout.indices()) if (have.has(piece)) this.#ledger.move(piece, 'had');
    for (const peer of context.peers.values()) this.claimed(peer);
  }

  /** Pieces that are wanted and not had yet. */
  get missing(): number {
    return this.#ledger.left;
  }

  /** The peer has said all it has, at the beginning or anew. */
  claimed(peer: Peer): void {
    const { bitfield } = peer.claims;
    if (bitfield === undefined) return;
    const supplier = this.#suppliers.get(peer.id);
    if (supplier === undefined) this.#suppliers.set(peer.id, new Supplier(peer, this.#ledger.join(bitfield)));
    else supplier.pieces.claims(bitfield);
    this.#idle.clear();
    this.#tellInterest(peer.id);
  }

  gained(peer: Peer, piece: PieceIndex): void {
    const supplier = this.#suppliers.get(peer.id);
    if (supplier === undefined) return;
    supplier.pieces.gained(piece);
    this.#idle.delete(supplier);
    this.#tellInterest(peer.id);
  }

  unchoked(peer: Peer): void {
    const supplier = this.#suppliers.get(peer.id);
    if (supplier === undefined) return;
    supplier.refused.clear();
    this.#idle.delete(supplier);
  }

  /** With the fast extension every request of ours is answered all the same: by a reject (BEP 6). */
  left(peer: Peer): void {
    const supplier = this.#suppliers.get(peer.id);
    if (supplier === undefined) return;
    for (const request of supplier.outstanding) request.download.release(request.range, supplier);
    this.#suppliers.delete(peer.id);
    this.#ledger.leave(supplier.pieces);
    this.#idle.clear();
  }

  received(peer: Peer, { piece, begin, data }: Message & { type: 'piece' }): void {
    const supplier = this.#suppliers.get(peer.id);
    const range = { piece, begin, length: data.length };
    const request = supplier?.answered(range);
    if (supplier === undefined || request === undefined) return this.#unrequested(peer, supplier, range);
    const { now } = this.#context;
    supplier.queue.received(now, data.length, request.askedAt);
    peer.snubbed = false;
    peer.received.add(now, data.length);
    this.#context.received.add(now, data.length);
    const { superfluous } = request.download.receive(begin, data, supplier);
    for (const each of superfluous) this.#cancel(request.download, each);
    if (request.download.complete) this.#verify(request.download);
  }

  rejected(peer: Peer, range: Range): void {
    const supplier = this.#suppliers.get(peer.id);
    const request = supplier?.answered(range);
    if (supplier === undefined || request === undefined) return void supplier?.isLate(range);
    request.download.release(request.range, supplier);
    if (!peer.chokesUs) supplier.refused.add(range.piece);
    this.#idle.clear();
  }

  verified(operation: Operation, good: boolean): void {
    const settling = this.#settling.get(operation);
    if (settling?.step !== 'verify') return;
    this.#settling.delete(operation);
    const { download } = settling;
    if (good) {
      for (const author of download.contributors) if (author !== undefined) author.peer.proven = true;
      return this.#store(download);
    }
    this.#settlingBytes -= download.size;
    this.#poisoned(download);
  }

  stored(operation: Operation, result: 'stored' | 'full' | 'failed'): void {
    const settling = this.#settling.get(operation);
    if (settling?.step !== 'store') return;
    this.#settling.delete(operation);
    const { download } = settling;
    this.#settlingBytes -= download.size;
    this.#downloads.delete(download.piece);
    this.#ledger.move(download.piece, result === 'stored' ? 'had' : 'missing');
    if (result === 'stored') this.#events.had(download.piece);
    else this.#stop(result);
    for (const peer of this.#suppliers.keys()) this.#tellInterest(peer);
  }

  /** These pieces are not to be fetched; all others are. */
  leaveOut(pieces: ReadonlySet<number>): void {
    const all = [...this.#layout.indices()];
    this.#ledger.want(
      all.filter((piece) => !pieces.has(piece)),
      'normal',
    );
    this.#ledger.want(
      all.filter((piece) => pieces.has(piece)),
      'left-out',
    );
    this.#idle.clear();
    for (const peer of this.#suppliers.keys()) this.#tellInterest(peer);
  }

  /** A piece that was stored is not there any more. */
  lost(piece: PieceIndex): void {
    this.#ledger.move(piece, 'missing');
    this.#idle.clear();
    for (const peer of this.#suppliers.keys()) this.#tellInterest(peer);
  }

  /** Ends what takes too long. */
  tick(): void {
    const { now } = this.#context;
    for (const supplier of this.#suppliers.values()) {
      supplier.forgetEnded(now);
      for (const request of supplier.overdue(now)) this.#timeOut(supplier, request);
    }
  }

  /** Asks every peer that has unchoked us for as much as it can take. */
  fill(): void {
    if (this.#stopped) return;
    for (const supplier of this.#suppliers.values()) {
      if (supplier.peer.chokesUs || this.#idle.has(supplier)) continue;
      while (this.#settlingBytes < MAX_SETTLING && supplier.hasRoom(this.#context.now))
        if (!this.#askOnce(supplier)) break;
    }
  }

  #askOnce(supplier: Supplier): boolean {
    const choice = this.#picker.pick(supplier.pieces, this.#progressFor(supplier));
    const download = choice && this.#downloadOf(choice.piece);
    const run = choice && download && this.#runOf(choice, download, supplier);
    if (download === undefined || run === undefined) {
      this.#idle.add(supplier);
      return false;
    }
    this.#ask(supplier, download, run);
    return true;
  }

  #ask(supplier: Supplier, download: PieceDownload<Supplier>, run: Run): void {
    const { now } = this.#context;
    const range = { piece: download.piece, begin: run.begin, length: run.length };
    const deadline = supplier.queue.deadline(now, supplier.asked + run.length);
    download.request(run, supplier);
    supplier.ask({ download, range, lane: 0, askedAt: now, deadline });
    supplier.peer.send({ ...range, type: 'request' });
  }

  #runOf(choice: Choice, download: PieceDownload<Supplier>, supplier: Supplier): Run | undefined {
    const most = supplier.queue.rangeLength(this.#context.now);
    return choice.type === 'again' ? download.nextRunAgain(most, supplier) : download.nextRun(most);
  }

  #progressFor(supplier: Supplier): Progress {
    return {
      canAsk: (piece) => this.#downloads.get(piece)?.nextRun(LONGEST_RANGE) !== undefined,
      canAskAgain: (piece) => this.#downloads.get(piece)?.nextRunAgain(LONGEST_RANGE, supplier) !== undefined,
      refuses: (piece) => supplier.refused.has(piece),
    };
  }

  #downloadOf(piece: PieceIndex): PieceDownload<Supplier> {
    const present = this.#downloads.get(piece);
    if (present !== undefined) return present;
    const download = new PieceDownload<Supplier>(this.#layout, piece);
    this.#downloads.set(piece, download);
    this.#ledger.move(piece, 'begun');
    // New blocks for everybody to help with.
    this.#idle.clear();
    return download;
  }

  #cancel(download: PieceDownload<Supplier>, { peer: supplier, begin, length }: Asked<Supplier>): void {
    const range = { piece: download.piece, begin, length };
    supplier.giveUp(this.#context.now, range);
    supplier.peer.send({ ...range, type: 'cancel' });
    this.#idle.delete(supplier);
  }

  #timeOut(supplier: Supplier, request: Outstanding): void {
    supplier.giveUp(this.#context.now, request.range);
    supplier.peer.send({ ...request.range, type: 'cancel' });
    supplier.queue.timedOut();
    supplier.peer.snubbed = true;
    request.download.release(request.range, supplier);
    this.#idle.clear();
  }

  #verify(download: PieceDownload<Supplier>): void {
    this.#settlingBytes += download.size;
    this.#ledger.move(download.piece, 'storing');
    const operation = this.#context.operation();
    this.#settling.set(operation, { download, step: 'verify' });
    this.#context.emit({ type: 'verify', operation, piece: download.piece, bytes: download.bytes });
  }

  #store(download: PieceDownload<Supplier>): void {
    const operation = this.#context.operation();
    this.#settling.set(operation, { download, step: 'store' });
    this.#context.emit({ type: 'store', operation, piece: download.piece, bytes: download.bytes });
  }

  /** A single author is sure to have lied; of several, nobody can be told yet, and all must send it again. */
  #poisoned(download: PieceDownload<Supplier>): void {
    const authors = new Set(download.contributors);
    this.#downloads.delete(download.piece);
    this.#ledger.move(download.piece, 'missing');
    this.#idle.clear();
    const [author] = authors;
    if (authors.size === 1 && author !== undefined) this.#context.ban(author.peer.id, 'poisoned');
  }

  #stop(result: 'full' | 'failed'): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#context.emit({ type: 'storageStopped', result });
  }

  #unrequested(peer: Peer, supplier: Supplier | undefined, range: Range): void {
    if (supplier?.isLate(range) === true) return;
    if (++peer.strikes > MAX_UNREQUESTED) this.#context.drop(peer.id, 'unrequested-pieces');
  }

  #tellInterest(id: PeerId): void {
    const supplier = this.#suppliers.get(id);
    if (supplier === undefined || supplier.peer.interesting === supplier.pieces.interesting) return;
    supplier.peer.interesting = supplier.pieces.interesting;
    supplier.peer.send({ type: supplier.peer.interesting ? 'interested' : 'notInterested' });
  }
}
