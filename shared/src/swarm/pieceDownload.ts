import { allocate, type Allocate, type Bytes } from '../base/bytes.ts';
import { BLOCK, type PieceIndex, type PieceLayout } from '../content/layout.ts';

/** More would be waste, whatever the endgame. */
const MOST_ASKED = 2;

/** Bytes of the piece at hand. Begins and ends with a block, or with the piece. */
export interface Run {
  readonly begin: number;
  readonly length: number;
}

/** A run that a peer has been asked for and has not answered. */
export interface Asked<Peer> extends Run {
  readonly peer: Peer;
}

/** What came of bytes that arrived. */
export interface Arrival<Peer> {
  /** Bytes that were missing; the rest was here already. */
  readonly fresh: number;
  /** What others were asked for and is now here as a whole: to be cancelled. It counts as released. */
  readonly superfluous: readonly Asked<Peer>[];
}

interface Block<Peer> {
  /** How many peers are asked for it now. */
  asked: number;
  /** Who sent it. */
  from: Peer | undefined;
}

/**
 * One begun piece, in blocks of 16 KiB: each is missing, asked of one or two peers, or received. Several peers may work
 * on it at once; who sent what is remembered, for the case that the piece proves wrong.
 */
export class PieceDownload<Peer> {
  readonly piece: PieceIndex;
  readonly size: number;
  readonly #blocks: Block<Peer>[];
  readonly #allocate: Allocate;
  #asked: Asked<Peer>[] = [];
  #buffer: Bytes | undefined;
  #received = 0;
  /** Blocks that are not here, and nobody is asked for. */
  #free: number;

  /** @param room for the piece. */
  constructor(layout: PieceLayout, piece: PieceIndex, room: Allocate = allocate) {
    this.#allocate = room;
    this.piece = piece;
    this.size = layout.sizeOf(piece);
    this.#blocks = Array.from({ length: layout.blocksIn(piece) }, () => ({ asked: 0, from: undefined }));
    this.#free = this.#blocks.length;
  }

  get complete(): boolean {
    return this.#received === this.size;
  }

  /** Bytes received. */
  get received(): number {
    return this.#received;
  }

  /** What is being asked for, in no order. */
  get asked(): readonly Asked<Peer>[] {
    return this.#asked;
  }

  /** The piece as received so far; the rest may be anything. */
  get bytes(): Bytes {
    this.#buffer ??= this.#allocate(this.size);
    return this.#buffer;
  }

  /** The first run nobody is asked for. At most `most` bytes, but at least one block. */
  nextRun(most: number): Run | undefined {
    return this.#free === 0 ? undefined : this.#firstRun(most, isFree);
  }

  /** The first run that others are asked for, and `peer` may be asked for as well (endgame). */
  nextRunAgain(most: number, peer: Peer): Run | undefined {
    const own = this.#asked.filter((each) => each.peer === peer);
    return this.#firstRun(most, (block, begin) => {
      const open = block.from === undefined && block.asked > 0 && block.asked < MOST_ASKED;
      return open && !own.some((each) => contains(each, begin));
    });
  }

  /** The peer has been asked for a run that one of the above returned. */
  request(run: Run, peer: Peer): void {
    this.#asked.push({ begin: run.begin, length: run.length, peer });
    for (const block of this.#blocksOf(run)) this.#change(block, { ...block, asked: block.asked + 1 });
  }

  /** The peer will not deliver: it rejected, timed out, was cancelled or left. Nothing happens unless it was asked. */
  release(run: Run, peer: Peer): void {
    const asked = this.#asked.find((each) => each.peer === peer && isSame(each, run));
    if (asked === undefined) return;
    this.#asked = this.#asked.filter((each) => each !== asked);
    for (const block of this.#blocksOf(asked)) this.#change(block, { ...block, asked: block.asked - 1 });
  }

  /** The peer delivers what it was asked for. What is here already stays as it is. */
  receive(begin: number, data: Uint8Array, peer: Peer): Arrival<Peer> {
    const run = { begin, length: data.length };
    this.release(run, peer);
    const before = this.#received;
    for (const [block, at] of this.#entriesOf(run))
      if (block.from === undefined) this.#put(block, at, run, data, peer);
    const superfluous = this.#asked.filter((each) => this.#isReceived(each));
    for (const each of superfluous) this.release(each, each.peer);
    return { fresh: this.#received - before, superfluous };
  }

  /** Who sent each block, by its place in the piece. */
  get contributors(): readonly (Peer | undefined)[] {
    return this.#blocks.map((block) => block.from);
  }

  /** These blocks turned out wrong: they are missing again. */
  discard(blocks: Iterable<number>): void {
    for (const place of blocks) {
      const block = this.#blocks[place];
      if (block?.from === undefined) continue;
      this.#change(block, { ...block, from: undefined });
      this.#received -= this.#sizeAt(place * BLOCK);
    }
  }

  #put(block: Block<Peer>, at: number, run: Run, data: Uint8Array, peer: Peer): void {
    const size = this.#sizeAt(at);
    // A peer is asked for whole blocks; half a block would leave a hole that counts as filled.
    if (at < run.begin || at + size > run.begin + run.length) return;
    this.bytes.set(data.subarray(at - run.begin, at - run.begin + size), at);
    this.#change(block, { ...block, from: peer });
    this.#received += size;
  }

  #change(block: Block<Peer>, to: Block<Peer>): void {
    this.#free += Number(isFree(to)) - Number(isFree(block));
    block.asked = to.asked;
    block.from = to.from;
  }

  #firstRun(most: number, fits: (block: Block<Peer>, begin: number) => boolean): Run | undefined {
    const first = this.#blocks.findIndex((block, place) => fits(block, place * BLOCK));
    if (first < 0) return undefined;
    let end = first + 1;
    const limit = Math.min(first + Math.max(Math.floor(most / BLOCK), 1), this.#blocks.length);
    for (let next = this.#blocks[end]; end < limit && next !== undefined; next = this.#blocks[end]) {
      if (!fits(next, end * BLOCK)) break;
      end++;
    }
    return { begin: first * BLOCK, length: Math.min(end * BLOCK, this.size) - first * BLOCK };
  }

  #isReceived(run: Run): boolean {
    return this.#blocksOf(run).every((block) => block.from !== undefined);
  }

  #blocksOf(run: Run): Block<Peer>[] {
    return this.#blocks.slice(Math.floor(run.begin / BLOCK), Math.ceil((run.begin + run.length) / BLOCK));
  }

  #entriesOf(run: Run): [Block<Peer>, number][] {
    const first = Math.floor(run.begin / BLOCK);
    return this.#blocksOf(run).map((block, place) => [block, (first + place) * BLOCK]);
  }

  #sizeAt(begin: number): number {
    return Math.min(BLOCK, this.size - begin);
  }
}

function isFree<Peer>({ asked, from }: Block<Peer>): boolean {
  return from === undefined && asked === 0;
}

function contains(run: Run, offset: number): boolean {
  return offset >= run.begin && offset < run.begin + run.length;
}

function isSame(a: Run, b: Run): boolean {
  return a.begin === b.begin && a.length === b.length;
}
