import { type Bytes, equal } from '../base/bytes.ts';
import type { Crypto } from '../base/crypto.ts';
import { ID_BYTES, type InfoHash, infoHashOf } from '../base/ids.ts';
import { type Bencoded, decode, encode } from './bencode.ts';
import { isPieceLength, PieceLayout } from './layout.ts';
import { HASH } from './merkle.ts';

/** Bytes of an info dictionary. */
export const MAX_METADATA = 10_000_000;
const MAX_PIECE_LENGTH = 64 * 1024 * 1024;
/** Bounds the bitfields and the piece layer: 32 MiB of hashes, 4 TiB of content. */
export const MAX_PIECES = 2 ** 20;
const MAX_DEPTH = 8;

/** A share as its info dictionary describes it (BEP 52, one opaque file). */
export interface Metainfo {
  readonly infoHash: InfoHash;
  /** The info dictionary, bencoded: what peers are given. */
  readonly info: Bytes;
  readonly layout: PieceLayout;
  /** The root of the Merkle tree; nothing when the stream is empty. */
  readonly root: Bytes | undefined;
  readonly sealedManifest: Bytes;
}

export type InfoResult =
  | { readonly type: 'metainfo'; readonly metainfo: Metainfo }
  | { readonly type: 'invalid'; readonly reason: string };

/**
 * The info dictionary of a private share, bencoded. The root is left out when the stream is empty.
 * @throws RangeError when it is larger than any peer would take: too many files, or too long names.
 */
export function buildInfo(share: {
  readonly layout: PieceLayout;
  readonly root: Uint8Array | undefined;
  readonly sealedManifest: Uint8Array;
}): Bytes {
  const { layout, root, sealedManifest } = share;
  const { length } = layout;
  const file = length > 0 && root !== undefined ? { length, 'pieces root': root } : { length };
  const info = encode({
    'file tree': { content: { '': file } },
    'meta version': 2,
    name: 'shoal',
    'piece length': layout.pieceLength,
    shoal: sealedManifest,
  });
  if (info.length > MAX_METADATA)
    throw new RangeError(`metadata: expected at most ${MAX_METADATA} bytes, received ${info.length}`);
  return info;
}

export function infoHashOfInfo(crypto: Crypto, info: Uint8Array): InfoHash {
  return infoHashOf(crypto.sha256(info).subarray(0, ID_BYTES));
}

/** Reads what a peer gave for the info dictionary. The hash comes first: only what the link names is looked at. */
export function parseInfo(crypto: Crypto, bytes: Uint8Array, expected: InfoHash): InfoResult {
  if (bytes.length > MAX_METADATA)
    return invalid(`metadata: expected at most ${MAX_METADATA} bytes, received ${bytes.length}`);
  const received = infoHashOfInfo(crypto, bytes);
  if (received !== expected) return invalid(`info hash: expected ${expected}, received ${received}`);
  const info = decode(bytes, { maxDepth: MAX_DEPTH });
  if (!isDictionary(info)) return invalid('info: expected a bencoded dictionary');
  if (!equal(encode(info), bytes)) return invalid('info: expected canonical bencode');
  return readInfo(info, new Uint8Array(bytes), expected);
}

type Dictionary = ReadonlyMap<string, Bencoded>;

function readInfo(info: Dictionary, bytes: Bytes, infoHash: InfoHash): InfoResult {
  const version = info.get('meta version');
  if (version !== 2) return invalid(`meta version: expected 2, received ${describe(version)}`);
  const file = onlyFile(info.get('file tree'));
  if (file === undefined) return invalid('file tree: expected the one file "content"');
  const layout = readLayout(file.get('length'), info.get('piece length'));
  if (typeof layout === 'string') return invalid(layout);
  const root = file.get('pieces root');
  if (!isRootFor(layout, root))
    return invalid(`pieces root: wrong for ${layout.length} bytes: ${describe(root)}`);
  const sealedManifest = info.get('shoal');
  if (!(sealedManifest instanceof Uint8Array))
    return invalid(`shoal: expected a byte string, received ${describe(sealedManifest)}`);
  return { type: 'metainfo', metainfo: { infoHash, info: bytes, layout, root, sealedManifest } };
}

function onlyFile(tree: Bencoded | undefined): Dictionary | undefined {
  if (!isDictionary(tree) || tree.size !== 1) return undefined;
  const entry = tree.get('content');
  if (!isDictionary(entry) || entry.size !== 1) return undefined;
  const file = entry.get('');
  return isDictionary(file) ? file : undefined;
}

/** The layout, or what is wrong with it. */
function readLayout(length: Bencoded | undefined, pieceLength: Bencoded | undefined): PieceLayout | string {
  if (typeof length !== 'number' || length < 0)
    return `length: expected a natural number, received ${describe(length)}`;
  if (typeof pieceLength !== 'number' || !isPieceLength(pieceLength) || pieceLength > MAX_PIECE_LENGTH)
    return `piece length: expected a power of two from 16 KiB to 64 MiB, received ${describe(pieceLength)}`;
  const layout = new PieceLayout(length, pieceLength);
  if (layout.pieces > MAX_PIECES) return `pieces: expected at most ${MAX_PIECES}, received ${layout.pieces}`;
  return layout;
}

function isRootFor(layout: PieceLayout, root: Bencoded | undefined): root is Bytes | undefined {
  return layout.length === 0 ? root === undefined : root instanceof Uint8Array && root.length === HASH;
}

function isDictionary(value: Bencoded | undefined): value is Dictionary {
  return value instanceof Map;
}

function describe(value: Bencoded | undefined): string {
  if (value === undefined) return 'nothing';
  if (typeof value === 'number') return `${value}`;
  if (value instanceof Uint8Array) return `${value.length} bytes`;
  return isDictionary(value) ? 'a dictionary' : 'a list';
}

function invalid(reason: string): InfoResult {
  return { type: 'invalid', reason };
}
