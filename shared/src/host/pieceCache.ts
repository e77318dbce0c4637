import type { Bytes } from '../base/bytes.ts';
import type { PieceIndex } from '../content/layout.ts';

const MOST_BYTES = 32 * 1024 * 1024;
/** Of a large piece one may be going out while the next is being read. */
const LEAST_PIECES = 2;

/** Pieces read of late by all readers of a page: so many bytes of them, those longest unused make room. */
export class PieceCache {
  readonly #mostBytes: number;
  /** The Map keeps the order of use. */
  readonly #entries = new Map<
    string,
    { readonly reading: Promise<Bytes | undefined>; readonly size: number }
  >();
  #bytes = 0;
  #shelves = 0;

  constructor(mostBytes = MOST_BYTES) {
    this.#mostBytes = mostBytes;
  }

  /** One reader's part of it. */
  shelf(): CacheShelf {
    const name = this.#shelves++;
    return {
      take: (piece) => this.#take(`${name}/${piece}`),
      put: (piece, reading, size) => this.#put(`${name}/${piece}`, reading, size),
      forget: (piece, reading) => {
        if (this.#entries.get(`${name}/${piece}`)?.reading === reading) this.#drop(`${name}/${piece}`);
      },
      clear: () => {
        for (const key of [...this.#entries.keys()]) if (key.startsWith(`${name}/`)) this.#drop(key);
      },
    };
  }

  #take(key: string): Promise<Bytes | undefined> | undefined {
    const entry = this.#entries.get(key);
    this.#drop(key);
    return entry?.reading;
  }

  #drop(key: string): void {
    this.#bytes -= this.#entries.get(key)?.size ?? 0;
    this.#entries.delete(key);
  }

  #put(key: string, reading: Promise<Bytes | undefined>, size: number): void {
    this.#drop(key);
    this.#entries.set(key, { reading, size });
    this.#bytes += size;
    for (const oldest of this.#entries.keys()) {
      if (this.#bytes <= this.#mostBytes || this.#entries.size <= LEAST_PIECES) return;
      this.#drop(oldest);
    }
  }
}

/** What one reader keeps. */
export interface CacheShelf {
  /** What was kept of a piece, which is so no more. */
  take(piece: PieceIndex): Promise<Bytes | undefined> | undefined;
  put(piece: PieceIndex, reading: Promise<Bytes | undefined>, size: number): void;
  /** Unless another reading of the piece has taken its place. */
  forget(piece: PieceIndex, reading: Promise<Bytes | undefined>): void;
  clear(): void;
}
