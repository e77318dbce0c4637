import type { Bytes } from '../base/bytes.ts';
import type { PieceLayout } from '../content/layout.ts';
import type { Hasher } from './ports.ts';
import type { PieceReader } from './pieceReader.ts';

const CIPHER_BLOCK = 16;

/** A piece that was thought to be here is gone or has rotted. */
export class MissingPiece extends Error {
  readonly piece: number;

  constructor(piece: number) {
    super(`piece ${piece} is not here any more`);
    this.piece = piece;
  }
}

interface Content {
  readonly layout: PieceLayout;
  /** Nothing when there is nothing to read: an empty content has no pieces. */
  readonly reader: PieceReader | undefined;
  readonly hasher: Hasher;
  readonly key: Bytes;
}

/**
 * The plain bytes of a range of the content, verified and decrypted piece by piece as they are asked for.
 *
 * @throws MissingPiece
 */
export async function* contentStream(
  { layout, reader, hasher, key }: Content,
  offset: number,
  length: number,
): AsyncGenerator<Bytes, void, undefined> {
  const end = offset + length;
  for (let at = offset; at < end;) {
    const piece = layout.pieceAt(at);
    const cipher = piece === undefined ? undefined : await reader?.read(piece);
    if (piece === undefined || cipher === undefined) throw new MissingPiece(piece ?? -1);
    const start = layout.offsetOf(piece);
    // Only what is asked for, from where the cipher can begin: a piece may hold a thousand small files.
    const from = at - start - ((at - start) % CIPHER_BLOCK);
    const part = cipher.subarray(from, Math.min(end - start, cipher.length));
    const plain = await hasher.cipher(key, start + from, part);
    yield plain.subarray(at - start - from);
    at = start + from + plain.length;
  }
}
