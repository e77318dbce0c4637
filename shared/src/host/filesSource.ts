import type { Bytes } from '../base/bytes.ts';
import { FileStream } from './fileStream.ts';
import { inTurns } from './inTurns.ts';
import type { Source } from './ports.ts';
import type { ChosenFile } from './snapshot.ts';

/** Reads under way for one piece, which may hold thousands of small files. */
const FILES_AT_ONCE = 16;
/**
 * Bytes that are read in order at once. Browsers take more than this from the system each time anew, and touching fresh
 * memory costs as much as encrypting it.
 */
const SLICE = 256 * 1024;

/** A file that could not be read: moved, changed or forbidden since it was chosen. */
export class UnreadableFile extends Error {
  readonly path: readonly string[];

  constructor(path: readonly string[], cause: unknown) {
    super(`cannot read ${path.join('/')}`, { cause });
    this.path = path;
  }
}

interface Placed {
  readonly chosen: ChosenFile;
  readonly offset: number;
}

/** The chosen files, one after the other, as one stream. Nothing is read before it is asked for. */
export class FilesSource implements Source {
  readonly size: number;
  readonly #files: readonly Placed[];

  constructor(files: readonly ChosenFile[]) {
    let offset = 0;
    this.#files = files.map((chosen) => {
      const placed = { chosen, offset };
      offset += chosen.file.size;
      return placed;
    });
    this.size = offset;
  }

  async read(offset: number, length: number): Promise<Bytes> {
    const files = this.#overlapping(offset, offset + length);
    const [only] = files;
    if (only !== undefined && files.length === 1) return readPart(only, offset, offset + length);
    const bytes = new Uint8Array(length);
    await inTurns(files, FILES_AT_ONCE, async (file) => {
      bytes.set(await readPart(file, offset, offset + length), Math.max(file.offset - offset, 0));
    });
    return bytes;
  }

  /** The files with bytes in a part of the stream, and how many bytes of the first come before it. */
  part(offset: number, length: number): { readonly files: readonly ChosenFile[]; readonly skip: number } {
    const files = this.#overlapping(offset, offset + length);
    return { files: files.map(({ chosen }) => chosen), skip: offset - (files[0]?.offset ?? offset) };
  }

  /**
   * A part of the stream, slice by slice. The bytes of each are there until the next is asked for.
   *
   * @throws UnreadableFile
   */
  async *slices(offset: number, length: number): AsyncGenerator<Bytes, void, undefined> {
    const end = offset + length;
    let stream: FileStream | undefined;
    try {
      for (let at = offset; at < end; at += SLICE) {
        const size = Math.min(SLICE, end - at);
        const [file, ...others] = this.#overlapping(at, at + size);
        if (file === undefined || others.length > 0) {
          yield await this.read(at, size);
          continue;
        }
        const from = at - file.offset;
        if (stream?.goesOn(file.chosen.file, from) !== true) {
          await stream?.close();
          stream = FileStream.open(
            file.chosen.file,
            from,
            Math.min(end - file.offset, file.chosen.file.size),
          );
        }
        yield await (stream?.read(size).catch(unreadable(file)) ?? this.read(at, size));
      }
    } finally {
      await stream?.close();
    }
  }

  /** The non-empty files with bytes in [start, end), found by halving: there may be 100,000. */
  #overlapping(start: number, end: number): Placed[] {
    const found: Placed[] = [];
    for (let place = this.#lastAtOrBefore(start); place < this.#files.length; place++) {
      const file = this.#files[place];
      if (file === undefined || file.offset >= end) break;
      if (file.chosen.file.size > 0 && file.offset + file.chosen.file.size > start) found.push(file);
    }
    return found;
  }

  #lastAtOrBefore(offset: number): number {
    let low = 0;
    let high = this.#files.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((this.#files[middle]?.offset ?? 0) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }
}

async function readPart({ chosen, offset }: Placed, start: number, end: number): Promise<Bytes> {
  const from = Math.max(start - offset, 0);
  const to = Math.min(end - offset, chosen.file.size);
  try {
    const bytes = new Uint8Array(await partOf(chosen.file, from, to).arrayBuffer());
    if (bytes.length !== to - from) throw new Error(`expected ${to - from} bytes, received ${bytes.length}`);
    return bytes;
  } catch (cause) {
    throw new UnreadableFile(chosen.path, cause);
  }
}

/** In Chromium the caller waits for another process with each slice, which for a small file takes longer than reading it. */
function partOf(file: ChosenFile['file'], from: number, to: number): Blob {
  return from === 0 && to === file.size ? file : file.slice(from, to);
}

function unreadable({ chosen }: Placed): (cause: unknown) => never {
  return (cause) => {
    throw new UnreadableFile(chosen.path, cause);
  };
}
