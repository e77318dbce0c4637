import type { Bytes } from '../base/bytes.ts';
import type { Crypto } from '../base/crypto.ts';
import { choosePieceLength, PieceLayout } from '../content/layout.ts';
import type { ShareKeys } from '../content/keys.ts';
import { type Manifest, sealManifest } from '../content/manifest.ts';
import { HASH, PieceLayer } from '../content/merkle.ts';
import { buildInfo, infoHashOfInfo, MAX_PIECES, type Metainfo } from '../content/metainfo.ts';
import { type FilesSource, UnreadableFile } from './filesSource.ts';
import { inTurns } from './inTurns.ts';
import { runsOf } from './pieceRun.ts';
import type { PieceRun, RunHasher } from './ports.ts';

export interface Prepared {
  readonly metainfo: Metainfo;
  /** Nothing for an empty stream. */
  readonly layer: PieceLayer | undefined;
}

interface Tools {
  readonly crypto: Crypto;
  readonly runs: RunHasher;
}

/**
 * Makes a share of files: encrypts and hashes them run by run, holding none of it.
 *
 * @param progress told the bytes hashed so far, after every run.
 * @throws RangeError when there is too much for one share, before anything is read.
 * @throws UnreadableFile, or the signal's reason.
 */
export async function prepare(
  { crypto, runs }: Tools,
  source: FilesSource,
  manifest: Manifest,
  keys: ShareKeys,
  progress: (done: number) => void,
  signal: AbortSignal,
): Promise<Prepared> {
  const layout = new PieceLayout(source.size, choosePieceLength(source.size));
  if (layout.pieces > MAX_PIECES)
    throw new RangeError(`pieces: expected at most ${MAX_PIECES}, received ${layout.pieces}`);
  const sealedManifest = await sealManifest(crypto, keys.manifest, manifest);
  const hashes = new Uint8Array(layout.pieces * HASH);
  let done = 0;
  const hashRun = async (run: PieceRun) => {
    hashes.set(await hashesOf(runs, run), run.first * HASH);
    done += run.bytes;
    progress(done);
  };
  await inTurns(runsOf(layout, source, keys.content), runs.width, hashRun, signal);
  const layer = layout.pieces > 0 ? PieceLayer.of(crypto, layout, hashes) : undefined;
  return { metainfo: metainfoOf(crypto, layout, layer, sealedManifest), layer };
}

async function hashesOf(runs: RunHasher, run: PieceRun): Promise<Bytes> {
  const result = await runs.hash(run);
  if (result.type === 'unreadable') throw new UnreadableFile(result.path, result.reason);
  if (result.type === 'failed') throw new Error(result.reason);
  return result.hashes;
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
