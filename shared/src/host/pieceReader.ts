import type { Bytes } from '../base/bytes.ts';
import type { Crypto } from '../base/crypto.ts';
import type { PieceIndex, PieceLayout } from '../content/layout.ts';
import { accepts, type PieceVerifier } from '../content/pieceVerifier.ts';
import type { CacheShelf, PieceCache } from './pieceCache.ts';
import type { Hasher, PieceStore, Source } from './ports.ts';

/** Where the ciphertext of a piece comes from: nothing when it is not there. */
export type PieceOrigin = (piece: PieceIndex) => Promise<Bytes | undefined>;

export function fromStore(store: PieceStore): PieceOrigin {
  return (piece) => store.read(piece).catch(() => undefined);
}

/** Encrypts the person's own files as they are read. */
export function fromSource(source: Source, hasher: Hasher, key: Bytes, layout: PieceLayout): PieceOrigin {
  return async (piece) => {
    const offset = layout.offsetOf(piece);
    return await hasher.cipher(key, offset, await source.read(offset, layout.sizeOf(piece)));
  };
}

/**
 * Whole pieces, verified each time they are read: a file that changed or a stored piece that rotted is noticed before
 * a byte of it leaves. A few stay in memory, since a piece is asked for block by block.
 */
export class PieceReader {
  readonly #origin: PieceOrigin;
  readonly #crypto: Crypto;
  readonly #hasher: Hasher;
  readonly #layout: PieceLayout;
  readonly #verifier: PieceVerifier;
  readonly #cache: CacheShelf;

  constructor(
    origin: PieceOrigin,
    crypto: Crypto,
    hasher: Hasher,
    layout: PieceLayout,
    verifier: PieceVerifier,
    cache: PieceCache,
  ) {
    this.#origin = origin;
    this.#crypto = crypto;
    this.#hasher = hasher;
    this.#layout = layout;
    this.#verifier = verifier;
    this.#cache = cache.shelf();
  }

  /** Nothing when the piece is absent or no longer what it was. Rejects when its file cannot be read. */
  async read(piece: PieceIndex): Promise<Bytes | undefined> {
    const reading = this.#cache.take(piece) ?? this.#readVerified(piece);
    this.#cache.put(piece, reading, this.#layout.sizeOf(piece));
    try {
      const bytes = await reading;
      if (bytes === undefined) this.#cache.forget(piece, reading);
      return bytes;
    } catch (error) {
      this.#cache.forget(piece, reading);
      throw error;
    }
  }

  /** A piece that has been verified and stored just now: others who lack it will ask for it soonest. */
  keep(piece: PieceIndex, bytes: Bytes): void {
    this.#cache.put(piece, Promise.resolve(bytes), bytes.length);
  }

  /** What is kept in memory is let go. */
  close(): void {
    this.#cache.clear();
  }

  async #readVerified(piece: PieceIndex): Promise<Bytes | undefined> {
    const bytes = await this.#origin(piece);
    if (bytes?.length !== this.#layout.sizeOf(piece)) return undefined;
    const leaves = await this.#hasher.leaves(bytes);
    return accepts(this.#crypto, this.#verifier, this.#layout, piece, leaves) ? bytes : undefined;
  }
}
