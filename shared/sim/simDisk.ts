import type { Bytes } from '../src/base/bytes.ts';
import type { PieceIndex } from '../src/content/layout.ts';
import type { SimContent } from './simContent.ts';
import type { World } from './world.ts';

/** Milliseconds before anything happens. */
const DELAY = 2;
/** Bytes a millisecond. */
const SPEED = 100_000;

/**
 * Where a simulated peer keeps its pieces. Only which ones: their bytes were compared with the truth when they were
 * stored, so a thousand peers need not hold a thousand copies.
 */
export class SimDisk {
  readonly #world: World;
  readonly #content: SimContent;
  readonly #stored = new Set<PieceIndex>();

  constructor(world: World, content: SimContent, has: 'all' | 'nothing') {
    this.#world = world;
    this.#content = content;
    if (has === 'all') for (const piece of content.layout.indices()) this.#stored.add(piece);
  }

  get pieces(): ReadonlySet<PieceIndex> {
    return this.#stored;
  }

  get complete(): boolean {
    return this.#stored.size === this.#content.layout.pieces;
  }

  write(piece: PieceIndex, bytes: Bytes, done: () => void): void {
    this.#world.after(DELAY + bytes.length / SPEED, () => {
      this.#stored.add(piece);
      done();
    });
  }

  read(piece: PieceIndex, begin: number, length: number, done: (bytes: Bytes | undefined) => void): void {
    this.#world.after(DELAY + length / SPEED, () =>
      done(this.#stored.has(piece) ? this.#content.piece(piece).slice(begin, begin + length) : undefined),
    );
  }

  /** Hashing is not simulated, only the time it takes: what counts is whether the bytes are the true ones. */
  verify(piece: PieceIndex, bytes: Bytes, done: (good: boolean) => void): void {
    const good = bytes.length === this.#content.layout.sizeOf(piece) && this.#content.isTrue(piece, 0, bytes);
    this.#world.after(DELAY + bytes.length / SPEED, () => done(good));
  }
}
