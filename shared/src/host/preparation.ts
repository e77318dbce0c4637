import type { Bytes } from '../base/bytes.ts';
import type { Crypto } from '../base/crypto.ts';
import { choosePieceLength, type PieceIndex, PieceLayout } from '../content/layout.ts';
import type { ShareKeys } from '../content/keys.ts';
import { type Manifest, sealManifest } from '../content/manifest.ts';
import { HASH, PieceLayer, pieceRoot } from '../content/merkle.ts';
import { buildInfo, infoHashOfInfo, MAX_PIECES, type Metainfo } from '../content/metainfo.ts';
import { inTurns } from './inTurns.ts';
import type { Hasher, Source } from './ports.ts';

/** Bytes read ahead while others are encrypted and hashed: enough to keep every core busy, small beside any limit. */
const IN_FLIGHT = 16 * 1024 * 1024;

export interface Prepared {
  readonly metainfo: Metainfo;
  /** Nothing for an empty stream. */
  readonly layer: PieceLayer | undefined;
}

interface Tools {
  readonly crypto: Crypto;
  readonly hasher: Hasher;
}

/**
 * Makes a share of a stream: encrypts and hashes it piece by piece, holding a few pieces at a time.
 *
 * @param progress told the bytes hashed so far, after every piece.
 * @throws RangeError when there is too much for one share, before anything is read.
 * @throws what the source throws when a file cannot be read, or the signal's reason.
 */
export async function prepare(
  { crypto, hasher }: Tools,
  source: Source,
  manifest: Manifest,
  keys: ShareKeys,
  progress: (done: number) => void,
  signal: AbortSignal,
): Promise<Prepared> {
  const layout = new PieceLayout(source.size, choosePieceLength(source.size));
  if (layout.pieces > MAX_PIECES)
    throw new RangeError(`pieces: expected at most ${MAX_PIECES}, received ${layout.pieces}`);
  const sealedManifest = sealManifest(crypto, keys.manifest, manifest);
  const hashes = new Uint8Array(layout.pieces * HASH);
  let done = 0;
  const hashPiece = async (piece: PieceIndex) => {
    const plain = await source.read(layout.offsetOf(piece), layout.sizeOf(piece));
    const cipher = await hasher.cipher(keys.content, layout.offsetOf(piece), plain);
    hashes.set(pieceRoot(crypto, await hasher.leaves(cipher), layout, piece), piece * HASH);
    done += layout.sizeOf(piece);
    progress(done);
  };
  await inTurns(layout.indices(), Math.max(2, Math.floor(IN_FLIGHT / layout.pieceLength)), hashPiece, signal);
  const layer = layout.pieces > 0 ? PieceLayer.of(crypto, layout, hashes) : undefined;
  return { metainfo: metainfoOf(crypto, layout, layer, sealedManifest), layer };
}

function metainfoOf(
  crypto: Crypto,
  layout: PieceLayout,
  layer: PieceLayer | undefined,
  sealedManifest: Bytes,
): Metainfo {
  const root = layer?.root;
  const info = buildInfo({ layout, root, sealedManifest });
  return { infoHash: infoHashOfInfo(crypto, info), info, layout, root, sealedManifest };
}
