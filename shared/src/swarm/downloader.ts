import type { Bitfield } from '../base/bitfield.ts';
import type { Bytes } from '../base/bytes.ts';
import type { PeerId } from '../base/ids.ts';
import type { Time } from '../base/time.ts';
import type { PieceIndex, PieceLayout } from '../content/layout.ts';
import type { Message, Range } from '../wire/message.ts';
import { BegunPieces } from './begunPieces.ts';
import type { SwarmContext } from './context.ts';
import type { Lane, Operation } from './io.ts';
import type { HashedContent } from './leafRange.ts';
import { LeafSeeker } from './leafSeeker.ts';
import type { Peer } from './peer.ts';
import type { Asked, PieceDownload } from './pieceDownload.ts';
import { PieceLedger } from './pieceLedger.ts';
import { PiecePicker } from './piecePicker.ts';
import { Requesting } from './requesting.ts';
import { Settling } from './settling.ts';
import { SoleSources } from './soleSources.ts';
import type { Outstanding, Supplier } from './supplier.ts';
import { Suppliers } from './suppliers.ts';

export interface DownloaderEvents {
  /** The piece is verified and stored. */
  had(piece: PieceIndex): void;
  /** `seeks` may have another answer for some peer. */
  turned(): void;
}

/** Fetches pieces: asks, gathers, has them verified and stored. */
export class Downloader {
  readonly #context: SwarmContext;
  readonly #layout: PieceLayout;
  readonly #events: DownloaderEvents;
  readonly #ledger: PieceLedger;
  readonly #suppliers: Suppliers;
  readonly #begun: BegunPieces;
  readonly #soleSources = new SoleSources();
  readonly #settling: Settling;
  readonly #requesting: Requesting;
  readonly #leaves: LeafSeeker;
  #stopped = false;

  constructor(context: SwarmContext, content: HashedContent, have: Bitfield, events: DownloaderEvents) {
    const { layout } = content;
    this.#context = context;
    this.#layout = layout;
    this.#events = events;
    this.#ledger = new PieceLedger(layout, () => events.turned());
    this.#suppliers = new Suppliers(this.#ledger);
    this.#begun = new BegunPieces(layout, this.#ledger, context.allocate);
    this.#leaves = new LeafSeeker(context, content, (piece, leaves) => this.#settling.learned(piece, leaves));
    this.#settling = new Settling(context, this.#soleSources, {
      had: (piece) => this.#had(piece),
      unstored: (piece, result) => this.#unstored(piece, result),
      inquire: (piece) => this.#leaves.seek(piece),
      restart: (piece) => this.#restart(piece),
      resume: (download, wrong) => this.#resume(download, wrong),
    });
    this.#requesting = new Requesting(context, {
      picker: new PiecePicker(this.#ledger, context.random),
      suppliers: this.#suppliers,
      begun: this.#begun,
      soleSources: this.#soleSources,
      full: () => this.#settling.full,
      abandonOne: () => this.#abandonOne(),
    });
    for (const piece of layout.indices()) if (have.has(piece)) this.#ledger.move(piece, 'had');
    for (const peer of context.peers.values()) this.claimed(peer);
  }

  /** Pieces that are wanted and not had yet. */
  get missing(): number {
    return this.#ledger.left;
  }

  /** Room taken by pieces that are begun, or waiting to be verified and stored. */
  get bytesBegun(): number {
    return this.#begun.bytes;
  }

  /** The hashes of single blocks, to settle who spoilt a piece. */
  get leaves(): LeafSeeker {
    return this.#leaves;
  }

  /** The peer has something that we want: BEP 3's "interested". */
  seeks(peer: PeerId): boolean {
    return !this.#stopped && (this.#suppliers.get(peer)?.pieces.interesting ?? false);
  }

  /** The peer has said all it has, at the beginning or anew. */
  claimed(peer: Peer): void {
    this.#suppliers.claimed(peer);
  }

  gained(peer: Peer, piece: PieceIndex): void {
    this.#suppliers.gained(peer.id, piece);
  }

  /** The peer has taken back what it said of a piece (BEP 54). */
  lostBy(peer: Peer, piece: PieceIndex): void {
    this.#suppliers.lost(peer.id, piece);
  }

  /** The peer would rather be asked for this piece (BEP 6). */
  suggested(peer: Peer, piece: number): void {
    const index = this.#layout.index(piece);
    const supplier = this.#suppliers.get(peer.id);
    if (index === undefined || supplier === undefined) return;
    supplier.suggests(index);
    this.#suppliers.rouse(supplier);
  }

  choked(peer: Peer): void {
    this.#suppliers.get(peer.id)?.choked();
  }

  unchoked(peer: Peer): void {
    this.#suppliers.unchoked(peer.id);
  }

  /** With the fast extension every request of ours is answered all the same: by a reject (BEP 6). */
  left(peer: Peer): void {
    const supplier = this.#suppliers.get(peer.id);
    if (supplier === undefined) return;
    for (const request of supplier.outstanding) this.#release(request.download, request.range, supplier);
    this.#suppliers.left(supplier);
    for (const piece of this.#soleSources.of(peer.id)) this.#restart(piece);
    this.#leaves.left(peer.id);
  }

  /** What was asked on the lane will not be answered: anybody may be asked for it. */
  laneClosed(peer: Peer, lane: Lane): void {
    const supplier = this.#suppliers.get(peer.id);
    if (supplier === undefined) return;
    for (const { download, range } of supplier.laneClosed(lane)) this.#release(download, range, supplier);
    this.#suppliers.rouseAll();
  }

  /** How far away a peer is that something is on order from, in milliseconds; nothing of others. */
  roundTripTo(peer: PeerId): Time | undefined {
    const supplier = this.#suppliers.get(peer);
    return supplier === undefined || supplier.asked === 0 ? undefined : supplier.flows.queueOf(0).roundTrip;
  }

  received(peer: Peer, { piece, begin, data }: Message & { type: 'piece' }): void {
    const supplier = this.#suppliers.get(peer.id);
    const range = { piece, begin, length: data.length };
    const request = supplier?.answered(range);
    if (supplier === undefined || request === undefined) return this.#unrequested(peer, supplier, range);
    this.#suppliers.rouse(supplier);
    // It may be the answer to an earlier request of the same, ended by us: one more is of no use.
    if (supplier.owes(range)) peer.send({ ...range, type: 'cancel' }, request.lane);
    const { now } = this.#context;
    supplier.flows.queueOf(request.lane).received(now, data.length, request.askedAt);
    peer.snubbed = false;
    peer.received.add(now, data.length);
    this.#context.received.add(now, data.length);
    const { superfluous } = request.download.receive(begin, data, supplier);
    for (const each of superfluous) this.#cancel(request.download, each);
    if (request.download.complete) this.#settle(request.download);
  }

  /** The first answer is that to the first request: a reject of one we had ended says nothing of the next. */
  rejected(peer: Peer, range: Range): void {
    const supplier = this.#suppliers.get(peer.id);
    if (supplier?.isLate(range) === true) return;
    const request = supplier?.answered(range);
    if (supplier === undefined || request === undefined) return this.#unrequestedReject(peer);
    this.#release(request.download, request.range, supplier);
    if (!peer.chokesUs) supplier.refused(this.#context.now, range.piece);
    this.#suppliers.rouseAll();
    this.#changeSole(supplier, request.download);
  }

  verified(operation: Operation, good: boolean, leaves: Bytes | undefined): void {
    this.#settling.verified(operation, good, leaves);
  }

  stored(operation: Operation, result: 'stored' | 'full' | 'failed'): void {
    this.#settling.stored(operation, result);
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
    this.#suppliers.rouseAll();
  }

  /** A piece that was stored is not there any more. */
  lost(piece: PieceIndex): void {
    this.#ledger.move(piece, 'missing');
    this.#suppliers.rouseAll();
  }

  /** What is overdue is asked for again and blamed on nobody; the rest has all its time again. */
  woke(): void {
    const { now } = this.#context;
    for (const supplier of this.#suppliers) {
      for (const request of supplier.overdue(now)) this.#takeBack(supplier, request);
      supplier.renew(now);
    }
    this.#leaves.woke();
  }

  /** Ends what takes too long. */
  tick(): void {
    const { now } = this.#context;
    this.#suppliers.forget(now);
    // How much a peer can take follows its rate, which changes with time alone.
    this.#suppliers.rouseAll();
    for (const supplier of this.#suppliers)
      for (const request of supplier.overdue(now)) this.#timeOut(supplier, request);
    this.#leaves.tick();
  }

  /** Asks every peer that has unchoked us for as much as it can take. */
  fill(): void {
    if (!this.#stopped) this.#requesting.fill();
  }

  /** What we have of it is lost, and others can go on. */
  #abandonOne(): boolean {
    const piece = this.#begun.forsaken;
    if (piece !== undefined) this.#restart(piece);
    return piece !== undefined;
  }

  #cancel(download: PieceDownload<Supplier>, { peer: supplier, begin, length }: Asked<Supplier>): void {
    const range = { piece: download.piece, begin, length };
    supplier.giveUp(this.#context.now, range);
    this.#suppliers.rouse(supplier);
  }

  #timeOut(supplier: Supplier, request: Outstanding): void {
    supplier.flows.queueOf(request.lane).timedOut();
    supplier.peer.snubbed = true;
    this.#takeBack(supplier, request);
  }

  /** We wait no longer: anybody may be asked. */
  #takeBack(supplier: Supplier, request: Outstanding): void {
    supplier.giveUp(this.#context.now, request.range);
    request.download.release(request.range, supplier);
    this.#suppliers.rouseAll();
    this.#changeSole(supplier, request.download);
  }

  /** A piece of which nothing came is not begun: another may be the better choice by now, or suggested. */
  #release(download: PieceDownload<Supplier>, range: Range, supplier: Supplier): void {
    download.release(range, supplier);
    if (download.received === 0 && download.asked.length === 0) this.#restart(download.piece);
  }

  #settle(download: PieceDownload<Supplier>): void {
    this.#ledger.move(download.piece, 'storing');
    this.#settling.begin(download);
  }

  #had(piece: PieceIndex): void {
    this.#begun.end(piece, 'had');
    this.#events.had(piece);
  }

  #unstored(piece: PieceIndex, result: 'full' | 'failed'): void {
    this.#begun.end(piece, 'missing');
    this.#stop(result);
  }

  /** All of the piece is to be fetched again. */
  #restart(piece: PieceIndex): void {
    const download = this.#begun.get(piece);
    for (const each of download?.asked ?? []) if (download !== undefined) this.#cancel(download, each);
    for (const each of download?.asked ?? []) download?.release(each, each.peer);
    this.#begun.end(piece, 'missing');
    this.#soleSources.release(piece);
    this.#suppliers.rouseAll();
  }

  #resume(download: PieceDownload<Supplier>, wrong: readonly number[]): void {
    download.discard(wrong);
    this.#ledger.move(download.piece, 'begun');
    this.#suppliers.rouseAll();
  }

  /** The one peer that was to send a piece alone does not: another one begins anew, if there is another. */
  #changeSole(supplier: Supplier, { piece }: PieceDownload<Supplier>): void {
    if (!this.#soleSources.of(supplier.peer.id).includes(piece)) return;
    if (this.#suppliers.hasOther(supplier, piece)) this.#restart(piece);
  }

  #stop(result: 'full' | 'failed'): void {
    if (this.#stopped) return;
    this.#stopped = true;
    this.#events.turned();
    this.#context.emit({ type: 'storageStopped', result });
  }

  #unrequested(peer: Peer, supplier: Supplier | undefined, range: Range): void {
    if (supplier?.isLate(range) === true) return;
    if (!peer.budget.spend(this.#context.now, 'unrequestedPiece'))
      this.#context.drop(peer.id, 'unrequested-pieces');
  }

  #unrequestedReject(peer: Peer): void {
    if (!peer.budget.spend(this.#context.now, 'unrequestedReject'))
      this.#context.drop(peer.id, 'message-flood');
  }
}
