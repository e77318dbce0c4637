import * as v from 'valibot';
import { type Bytes, fromUtf8, toUtf8 } from '../base/bytes.ts';
import type { Crypto } from '../base/crypto.ts';
import { safePaths } from './names.ts';

/** Bytes of a manifest before it is deflated. */
export const MAX_MANIFEST = 10_000_000;
export const MAX_FILES = 100_000;
const MAX_TYPE = 255;

/**
 * A manifest key comes from a secret that is used for exactly one content, so it seals one manifest ever: a nonce need
 * not vary, and a fixed one cannot repeat.
 */
const NONCE: Bytes = new Uint8Array(12);

export interface ManifestFile {
  /** Folders, then the name. */
  readonly path: readonly string[];
  /** Bytes. */
  readonly size: number;
  /** A media type, or empty. */
  readonly type: string;
}

/** The files of a share, in the order in which they make up its stream. */
export interface Manifest {
  readonly files: readonly ManifestFile[];
}

export type ManifestResult =
  /** Its paths are safe to show and to save. */
  | { readonly type: 'manifest'; readonly manifest: Manifest }
  | { readonly type: 'wrong-key' }
  | { readonly type: 'invalid'; readonly reason: string };

const manifestSchema = v.object({
  files: v.pipe(
    v.array(
      v.object({
        path: v.pipe(v.array(v.string()), v.minLength(1)),
        size: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
        type: v.pipe(v.string(), v.maxLength(MAX_TYPE)),
      }),
    ),
    v.minLength(1),
    v.maxLength(MAX_FILES),
  ),
});

/** Where each file starts in the stream. */
export function manifestOffsets(manifest: Manifest): number[] {
  let end = 0;
  return manifest.files.map(({ size }) => {
    const offset = end;
    end += size;
    return offset;
  });
}

/** @throws RangeError when there are too many files, or their names are too long altogether, for anybody to open it. */
export async function sealManifest(crypto: Crypto, manifestKey: Bytes, manifest: Manifest): Promise<Bytes> {
  const files = manifest.files.map(({ path, size, type }) => ({ path, size, type }));
  const text = toUtf8(JSON.stringify({ files }));
  if (files.length > MAX_FILES)
    throw new RangeError(`files: expected at most ${MAX_FILES}, received ${files.length}`);
  if (text.length > MAX_MANIFEST)
    throw new RangeError(`manifest: expected at most ${MAX_MANIFEST} bytes, received ${text.length}`);
  return crypto.seal(manifestKey, NONCE, await crypto.deflate(text));
}

/** @param expectedLength bytes of the stream, which the sizes must add up to. */
export function openManifest(
  crypto: Crypto,
  manifestKey: Bytes,
  sealed: Bytes,
  expectedLength: number,
): ManifestResult {
  const deflated = crypto.open(manifestKey, NONCE, sealed);
  if (deflated === undefined) return { type: 'wrong-key' };
  const text = crypto.inflate(deflated, MAX_MANIFEST);
  if (text === undefined) return invalid(`manifest: expected deflated data of at most ${MAX_MANIFEST} bytes`);
  return readManifest(parseJson(fromUtf8(text)), expectedLength);
}

function readManifest(value: unknown, expectedLength: number): ManifestResult {
  const parsed = v.safeParse(manifestSchema, value, { abortEarly: true });
  if (!parsed.success) return invalid(`manifest: ${parsed.issues[0].message}`);
  const manifest = withSafePaths(parsed.output);
  const length = manifest.files.reduce((sum, { size }) => sum + size, 0);
  if (length !== expectedLength)
    return invalid(`sizes: expected ${expectedLength} bytes, received ${length}`);
  return { type: 'manifest', manifest };
}

function withSafePaths({ files }: Manifest): Manifest {
  const paths = safePaths(files.map(({ path }) => path));
  return { files: files.map((file, place) => ({ ...file, path: paths[place] ?? [] })) };
}

function parseJson(text: string | undefined): unknown {
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

function invalid(reason: string): ManifestResult {
  return { type: 'invalid', reason };
}
