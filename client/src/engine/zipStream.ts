import { type Bytes, toUtf8 } from '@shoal/shared/base/bytes.ts';
import { makeZip, predictLength } from 'client-zip';
import { chunksOf } from './chunks.ts';
import { withZip64End, ZIP64_END } from './zip64End.ts';

export interface ZipFile {
  /** Folders and name. */
  readonly path: readonly string[];
  readonly size: number;
  stream(): ReadableStream<Bytes>;
  /** Milliseconds since 1970; without it the entry carries the earliest time a zip knows. */
  readonly lastModified?: number | undefined;
}

export interface Zip {
  /** Can be taken once; ending early cancels the file that is being read. */
  readonly chunks: AsyncIterable<Bytes>;
  /** What the chunks come to. */
  readonly size: number;
}

/** From here on two and four bytes do not tell, and zip64 does (APPNOTE 4.4.1.4). */
const COUNTED_IN_ZIP64 = 0xffff;
const PLACED_IN_ZIP64 = 0xffffffff;
/** Around each file, beside its name. */
const LOCAL_BYTES = 46;
const MOST_NAME_BYTES = 0xffff;
/** What the zip format can say, in local time. */
const EARLIEST = new Date(1980, 0, 1);
const LATEST = new Date(2107, 11, 31);

/**
 * The files as one zip, stored as they are, zip64 where sizes or their number need it. A file that does not come to its
 * size fails it.
 * @throws RangeError when a path could leave the folder it is unpacked into, is too long for a zip, or appears twice.
 */
export function zipStream(files: readonly ZipFile[]): Zip {
  const names = files.map(({ path }) => nameOf(path));
  if (new Set(names).size < names.length) throw new RangeError('zip: expected each path once');
  const size = Number(predictLength(files.map((file, index) => ({ name: names[index], size: file.size }))));
  const chunks = zipped(files, names);
  return lacksZip64(files, names)
    ? { chunks: withZip64End(chunks, files.length), size: size + ZIP64_END }
    : { chunks, size };
}

/** The writer goes over to zip64 for sizes and places, and not for the number of files alone. */
function lacksZip64(files: readonly ZipFile[], names: readonly string[]): boolean {
  if (files.length < COUNTED_IN_ZIP64) return false;
  const directory = files.reduce(
    (place, { size }, index) => place + LOCAL_BYTES + bytesOf(names[index] ?? '') + size,
    0,
  );
  return directory < PLACED_IN_ZIP64;
}

/** The writer does not pass its own cancelling on to what it reads, so that is done here. */
async function* zipped(files: readonly ZipFile[], names: readonly string[]): AsyncGenerator<Bytes, void> {
  let current: AsyncGenerator<Bytes, void> | undefined;
  function* entries() {
    for (const [index, file] of files.entries()) {
      current = exactly(file);
      yield { input: current, name: names[index], size: file.size, lastModified: zipTime(file.lastModified) };
    }
  }
  try {
    for await (const chunk of chunksOf(makeZip(entries()))) yield owned(chunk);
  } finally {
    await current?.return();
  }
}

async function* exactly(file: ZipFile): AsyncGenerator<Bytes, void> {
  let received = 0;
  for await (const chunk of chunksOf(file.stream())) {
    received += chunk.length;
    // The writer takes an empty chunk as it comes.
    yield chunk;
  }
  if (received !== file.size)
    throw new RangeError(`${file.path.join('/')}: expected ${file.size} bytes, received ${received}`);
}

function nameOf(path: readonly string[]): string {
  const name = path.join('/');
  if (path.length === 0 || !path.every(isSegment) || bytesOf(name) > MOST_NAME_BYTES)
    throw new RangeError(`zip: expected a path of plain names, received ${JSON.stringify(path)}`);
  return name;
}

function bytesOf(name: string): number {
  return toUtf8(name).length;
}

function isSegment(name: string): boolean {
  return name !== '' && name !== '.' && name !== '..' && !/[/\\:\p{Cc}\p{Surrogate}]/u.test(name);
}

function zipTime(lastModified: number | undefined): Date {
  const time = lastModified ?? EARLIEST.getTime();
  return new Date(Math.min(Math.max(time, EARLIEST.getTime()), LATEST.getTime()));
}

function owned(chunk: Uint8Array): Bytes {
  return chunk.buffer instanceof ArrayBuffer
    ? new Uint8Array(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    : new Uint8Array(chunk);
}
