import type { Bytes } from '../src/base/bytes.ts';
import type { Random } from '../src/base/random.ts';
import type { Time } from '../src/base/time.ts';
import type { PieceIndex } from '../src/content/layout.ts';
import type { SimContent } from './simContent.ts';
import type { World } from './world.ts';

/** What is wrong with a disk. Nothing, where nothing is said. */
export interface DiskOptions {
  /** Milliseconds before anything happens. */
  readonly delay?: Time;
  /** Bytes a millisecond. */
  readonly speed?: number;
  /** Bytes that fit. */
  readonly room?: number;
  /** Chances: that a write fails, and that a stored piece is found rotten when it is read. */
  readonly failing?: number;
  readonly rotting?: number;
}

/** What becomes of a write, as a swarm is told. */
export type Written = 'stored' | 'full' | 'failed';

/** A disk that nothing is wrong with. */
export const SOUND: Required<DiskOptions> = {
  delay: 2,
  speed: 100_000,
  room: Number.POSITIVE_INFINITY,
  failing: 0,
  rotting: 0,
};

/**
 * Where a simulated peer keeps its pieces. Only which ones: their bytes were compared with the truth when they were
 * stored, so a thousand peers need not hold a thousand copies.
 */
export class SimDisk {
  readonly #world: World;
  readonly #content: SimContent;
  readonly #random: Random;
  readonly #stored = new Set<PieceIndex>();
  readonly #rotten = new Set<PieceIndex>();
  #options: Required<DiskOptions>;
  #used = 0;
  #crashes = 0;

  /** @param has pieces that are here already. */
  constructor(world: World, content: SimContent, has: Iterable<PieceIndex>, options: DiskOptions = {}) {
    this.#world = world;
    this.#content = content;
    this.#random = world.random.fork();
    this.#options = { ...SOUND, ...options };
    for (const piece of has) this.#put(piece);
  }

  /** Stored as far as anybody can tell without reading. */
  get pieces(): ReadonlySet<PieceIndex> {
    return this.#stored;
  }

  get complete(): boolean {
    return this.#stored.size === this.#content.layout.pieces;
  }

  /** Whether a piece is here, and sound. */
  holds(piece: PieceIndex): boolean {
    return this.#stored.has(piece) && !this.#rotten.has(piece);
  }

  /** From now on. */
  change(options: DiskOptions): void {
    this.#options = { ...this.#options, ...options };
  }

  write(piece: PieceIndex, bytes: Bytes, done: (result: Written) => void): void {
    const crashes = this.#crashes;
    this.#after(bytes.length, () => {
      if (crashes === this.#crashes) done(this.#keep(piece));
    });
  }

  /** Nothing when the piece is absent or rotten. */
  read(piece: PieceIndex, begin: number, length: number, done: (bytes: Bytes | undefined) => void): void {
    this.#after(length, () => {
      if (this.#random.next() < this.#options.rotting) this.rot(piece);
      done(this.holds(piece) ? this.#content.piece(piece).subarray(begin, begin + length) : undefined);
    });
  }

  /** Hashing is not simulated, only the time it takes: what counts is whether the bytes are the true ones. */
  verify(piece: PieceIndex, bytes: Bytes, done: (good: boolean) => void): void {
    const good = bytes.length === this.#content.layout.sizeOf(piece) && this.#content.isTrue(piece, 0, bytes);
    this.#world.after(SOUND.delay + bytes.length / SOUND.speed, () => done(good));
  }

  forget(piece: PieceIndex): void {
    if (this.#stored.delete(piece)) this.#used -= this.#content.layout.sizeOf(piece);
    this.#rotten.delete(piece);
  }

  /** Nobody notices until the piece is read. */
  rot(piece: PieceIndex): void {
    if (this.#stored.has(piece)) this.#rotten.add(piece);
  }

  /** What is being written is lost. */
  crash(): void {
    this.#crashes++;
  }

  #keep(piece: PieceIndex): Written {
    if (this.#random.next() < this.#options.failing) return 'failed';
    this.forget(piece);
    if (this.#used + this.#content.layout.sizeOf(piece) > this.#options.room) return 'full';
    this.#put(piece);
    return 'stored';
  }

  #put(piece: PieceIndex): void {
    this.#stored.add(piece);
    this.#used += this.#content.layout.sizeOf(piece);
  }

  #after(length: number, call: () => void): void {
    const { delay, speed } = this.#options;
    this.#world.after(delay + length / speed, call);
  }
}
