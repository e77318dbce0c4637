import { type Bytes, concat, equal } from '../base/bytes.ts';
import type { Crypto } from '../base/crypto.ts';
import type { PeerId } from '../base/ids.ts';
import { BLOCK, type PieceIndex } from '../content/layout.ts';
import { HASH } from '../content/merkle.ts';

/** A piece that proved wrong: what each of its blocks hashes to, and who sent it. */
export interface Failure {
  readonly piece: PieceIndex;
  readonly leaves: Bytes;
  readonly authors: readonly (PeerId | undefined)[];
}

/** Packed hashes of the blocks (BEP 52 leaves). */
export function hashBlocks(crypto: Crypto, bytes: Bytes): Bytes {
  const count = Math.ceil(bytes.length / BLOCK);
  return concat(
    ...Array.from({ length: count }, (_, place) =>
      crypto.sha256(bytes.subarray(place * BLOCK, (place + 1) * BLOCK)),
    ),
  );
}

/** The places of the blocks whose hashes are not the true ones. */
export function wrongBlocks({ leaves, authors }: Failure, truth: Bytes): number[] {
  return [...authors.keys()].filter((place) => !equal(leafAt(leaves, place), leafAt(truth, place)));
}

/** Who sent at least one of the wrong blocks. */
export function liarsOf(failure: Failure, truth: Bytes): ReadonlySet<PeerId> {
  const authors = wrongBlocks(failure, truth).map((place) => failure.authors[place]);
  return new Set(authors.filter((author) => author !== undefined));
}

function leafAt(leaves: Bytes, place: number): Bytes {
  return leaves.subarray(place * HASH, (place + 1) * HASH);
}
