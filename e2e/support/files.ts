import { createCipheriv, createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { mkdir, mkdtemp, open, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

const CHUNK = 1024 * 1024;

/** Runs with a new folder that is gone afterwards. */
export async function withFolder<T>(use: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'shoal-files-'));
  try {
    return await use(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Writes bytes that look random but depend on the seed alone. Resolves with their SHA-256, in hexadecimal. */
export async function writeRandomFile(path: string, size: number, seed = path): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
  const file = await open(path, 'w');
  const hash = createHash('sha256');
  try {
    for (const chunk of randomChunks(size, seed)) {
      hash.update(chunk);
      await file.write(chunk);
    }
  } finally {
    await file.close();
  }
  return hash.digest('hex');
}

/**
 * Writes files below a folder.
 * @param sizes by path, with `/` between the segments.
 * @returns the SHA-256 of each, by path.
 */
export async function writeRandomFolder(
  folder: string,
  sizes: Readonly<Record<string, number>>,
  seed = 'folder',
): Promise<Map<string, string>> {
  const hashes = new Map<string, string>();
  for (const [path, size] of Object.entries(sizes))
    hashes.set(path, await writeRandomFile(join(folder, ...path.split('/')), size, `${seed}/${path}`));
  return hashes;
}

/** The SHA-256 of a file, in hexadecimal. */
export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) hash.update(chunk);
  return hash.digest('hex');
}

function* randomChunks(size: number, seed: string): Generator<Buffer> {
  const key = createHash('sha256').update(seed).digest();
  const stream = createCipheriv('aes-256-ctr', key, Buffer.alloc(16));
  const zeros = Buffer.alloc(CHUNK);
  for (let left = size; left > 0; left -= CHUNK)
    yield stream.update(zeros.subarray(0, Math.min(left, CHUNK)));
}
