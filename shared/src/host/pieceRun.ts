import type { Bytes } from '../base/bytes.ts';
import type { Crypto } from '../base/crypto.ts';
import { BLOCK, PieceLayout } from '../content/layout.ts';
import { HASH, pieceRoot } from '../content/merkle.ts';
import { FilesSource, UnreadableFile } from './filesSource.ts';
import type { Hasher, PieceRun, RunHasher, RunResult } from './ports.ts';

/** Long enough that telling a worker of it costs nothing beside hashing it, short enough to show progress by. */
const RUN_BYTES = 32 * 1024 * 1024;

/** All pieces of a stream, as runs one after the other. */
export function* runsOf(
  layout: PieceLayout,
  source: FilesSource,
  key: Bytes,
  runBytes = RUN_BYTES,
): Generator<PieceRun> {
  const { length, pieceLength, pieces } = layout;
  const most = Math.max(1, Math.floor(runBytes / pieceLength));
  for (let first = 0; first < pieces; first += most) {
    const count = Math.min(most, pieces - first);
    const bytes = Math.min(count * pieceLength, length - first * pieceLength);
    yield { first, count, length, pieceLength, key, bytes, ...source.part(first * pieceLength, bytes) };
  }
}

/** Hashes on the thread that it is asked on. */
export function localRunHasher(tools: { readonly crypto: Crypto; readonly hasher: Hasher }): RunHasher {
  return {
    width: 1,
    async hash(run) {
      try {
        return { type: 'hashed', hashes: await hashesOf(run, tools) };
      } catch (error) {
        return refusalOf(error);
      }
    },
  };
}

async function hashesOf(
  run: PieceRun,
  { crypto, hasher }: { readonly crypto: Crypto; readonly hasher: Hasher },
): Promise<Bytes> {
  const layout = new PieceLayout(run.length, run.pieceLength);
  const leaves = new Uint8Array(Math.ceil(run.bytes / BLOCK) * HASH);
  let done = 0;
  for await (const plain of new FilesSource(run.files).slices(run.skip, run.bytes)) {
    const offset = run.first * run.pieceLength + done;
    leaves.set(await hasher.cipherLeaves(run.key, offset, plain), (done / BLOCK) * HASH);
    done += plain.length;
  }
  const hashes = new Uint8Array(run.count * HASH);
  const perPiece = (run.pieceLength / BLOCK) * HASH;
  for (let place = 0; place < run.count; place++) {
    const piece = layout.index(run.first + place);
    if (piece === undefined) throw new RangeError(`run: expected pieces, received ${run.first + place}`);
    const own = leaves.subarray(place * perPiece, (place + 1) * perPiece);
    hashes.set(pieceRoot(crypto, own, layout, piece), place * HASH);
  }
  return hashes;
}

function refusalOf(error: unknown): RunResult {
  return error instanceof UnreadableFile
    ? { type: 'unreadable', path: error.path, reason: String(error.cause) }
    : { type: 'failed', reason: String(error) };
}
