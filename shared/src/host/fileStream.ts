import type { Bytes } from '../base/bytes.ts';

/** Bytes taken from the browser at once: it wakes for every little that is taken. */
const FILL = 2 * 1024 * 1024;

/**
 * Chromium lets go of a file's stream that nothing but its reader's next bytes waits for, and these then never come
 * (seen in 156, one run of 8 MiB in fifty): so whatever is being read is held here.
 */
const underWay = new Set<FileStream>();

/** A file read from one place to another in order, with one buffer for all of it: several times as fast as slices. */
export class FileStream {
  readonly #file: Blob;
  readonly #reader: ReadableStreamBYOBReader;
  readonly #end: number;
  /** Where the next byte is in the file, and in the buffer, and how many follow it there. */
  #at: number;
  #begin = 0;
  #ready = 0;
  #buffer: ArrayBuffer;

  private constructor(file: Blob, reader: ReadableStreamBYOBReader, from: number, to: number) {
    this.#file = file;
    this.#reader = reader;
    this.#at = from;
    this.#end = to;
    this.#buffer = new ArrayBuffer(Math.min(FILL, to - from));
    underWay.add(this);
  }

  /** Nothing in a browser that fills no buffers of ours. */
  static open(file: Blob, from: number, to: number): FileStream | undefined {
    try {
      const reader = file.slice(from, to).stream().getReader({ mode: 'byob' });
      return new FileStream(file, reader, from, to);
    } catch {
      return undefined;
    }
  }

  /** Whether this is that file, read as far as that. */
  goesOn(file: Blob, at: number): boolean {
    return file === this.#file && at === this.#at;
  }

  /**
   * The next bytes, in a buffer that the next call takes back.
   *
   * @param length no more than are left, nor than 2 MiB.
   * @throws what the browser throws when the file cannot be read, or RangeError when it is shorter.
   */
  async read(length: number): Promise<Bytes> {
    if (this.#ready < length) await this.#fill();
    const bytes = new Uint8Array(this.#buffer, this.#begin, length);
    this.#begin += length;
    this.#ready -= length;
    this.#at += length;
    return bytes;
  }

  async close(): Promise<void> {
    underWay.delete(this);
    // Settles nothing where the stream has ended by itself.
    await this.#reader.cancel().catch(() => undefined);
  }

  async #fill(): Promise<void> {
    new Uint8Array(this.#buffer).copyWithin(0, this.#begin, this.#begin + this.#ready);
    this.#begin = 0;
    const wanted = Math.min(this.#buffer.byteLength, this.#end - this.#at);
    while (this.#ready < wanted) {
      const room = new Uint8Array(this.#buffer, this.#ready, wanted - this.#ready);
      const { value, done } = await this.#reader.read(room);
      if (done) throw new RangeError(`file: expected ${this.#end} bytes, received ${this.#at + this.#ready}`);
      this.#buffer = value.buffer;
      this.#ready += value.length;
    }
  }
}
