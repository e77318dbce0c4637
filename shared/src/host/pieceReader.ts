import type { Bytes } from '../base/bytes.ts';
import { discard } from '../base/discard.ts';
import type { Crypto } from '../base/crypto.ts';
import type { PieceIndex, PieceLayout } from '../content/layout.ts';
import { accepts, type PieceVerifier } from '../content/pieceVerifier.ts';
import type { Hasher, PieceStore, Source } from './ports.ts';

const CACHE_BYTES = 32 * 1024 * 1024;

/** Where the ciphertext of a piece comes from: nothing when it is not there. */
export type PieceOrigin = (piece: PieceIndex) => Promise<Bytes | undefined>;

export function fromStore(store: PieceStore): PieceOrigin {
  return (piece) => store.read(piece).catch(() => undefined);
}

/** Encrypts the person's own files as they are read. */
export function fromSource(source: Source, hasher: Hasher, key: Bytes, layout: PieceLayout): PieceOrigin {
  return async (piece) => {
    const offset = layout.offsetOf(piece);
    const plain = await source.read(offset, layout.sizeOf(piece));
    const cipher = await hasher.cipher(key, offset, plain);
    discard(plain);
    return cipher;
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
  readonly #cache = new Map<PieceIndex, Promise<Bytes | undefined>>();

  constructor(
    origin: PieceOrigin,
    crypto: Crypto,
    hasher: Hasher,
    layout: PieceLayout,
    verifier: PieceVerifier,
  ) {
    this.#origin = origin;
    this.#crypto = crypto;
    this.#hasher = hasher;
    this.#layout = layout;
    this.#verifier = verifier;
  }

  /** Nothing when the piece is absent or no longer what it was. Rejects when its file cannot be read. */
  async read(piece: PieceIndex): Promise<Bytes | undefined> {
    const cached = this.#cache.get(piece);
    this.#cache.delete(piece);
    const reading = cached ?? this.#readVerified(piece);
    this.#cache.set(piece, reading);
    this.#trim();
    try {
      const bytes = await reading;
      if (bytes === undefined) this.#forget(piece, reading);
      return bytes;
    } catch (error) {
      this.#forget(piece, reading);
      throw error;
    }
  }

  async #readVerified(piece: PieceIndex): Promise<Bytes | undefined> {
    const bytes = await this.#origin(piece);
    if (bytes?.length !== this.#layout.sizeOf(piece)) return undefined;
    const leaves = await this.#hasher.leaves(bytes);
    return accepts(this.#crypto, this.#verifier, this.#layout, piece, leaves) ? bytes : undefined;
  }

  #forget(piece: PieceIndex, reading: Promise<Bytes | undefined>): void {
    if (this.#cache.get(piece) === reading) this.#cache.delete(piece);
  }

  /** The Map keeps the order of use: the first is the one longest unused. */
  #trim(): void {
    const most = Math.max(2, Math.floor(CACHE_BYTES / this.#layout.pieceLength));
    const [oldest] = this.#cache.keys();
    if (this.#cache.size > most && oldest !== undefined) this.#cache.delete(oldest);
  }
}
