import type { Bytes } from '../base/bytes.ts';
import { frameLength, type Malformed, parseFrame } from './frame.ts';
import { MAX_FRAME } from './limits.ts';
import type { Message } from './message.ts';

export type DecodeResult = { readonly type: 'messages'; readonly messages: readonly Message[] } | Malformed;

const NOTHING: Bytes = new Uint8Array();

/**
 * Messages from a byte stream that arrives in chunks of any size. Bytes in a message are views, of the chunk when the
 * frame lies within one: copy what is kept for long. A frame cut by a chunk's end is gathered in a buffer of its own
 * length. Nothing after a malformed frame is read, and messages that came in the same chunk before it are dropped.
 */
export class MessageDecoder {
  readonly #maxFrame: number;
  /** The frame begun in earlier chunks: the first `#gathered` bytes of it. */
  #frame = NOTHING;
  #gathered = 0;
  #malformed: Malformed | undefined;

  /** @param maxFrame the largest frame permitted, length prefix included. */
  constructor(maxFrame = MAX_FRAME) {
    this.#maxFrame = maxFrame;
  }

  push(chunk: Bytes): DecodeResult {
    const messages: Message[] = [];
    let offset = 0;
    while (offset < chunk.length && this.#malformed === undefined)
      offset =
        this.#gathered > 0 ? this.#gather(chunk, offset, messages) : this.#read(chunk, offset, messages);
    return this.#malformed ?? { type: 'messages', messages };
  }

  /** Takes the frame at `offset` if it is whole, else begins to gather it. Returns where to read on. */
  #read(chunk: Bytes, offset: number, messages: Message[]): number {
    const length = this.#length(chunk, offset, chunk.length);
    if (offset + length > chunk.length) return this.#take(chunk, offset, length);
    // Most chunks are one frame, and a view of it costs more than to read it.
    const frame = length === chunk.length ? chunk : chunk.subarray(offset, offset + length);
    if (this.#malformed === undefined) messages.push(parseFrame(frame));
    return offset + length;
  }

  #gather(chunk: Bytes, offset: number, messages: Message[]): number {
    const next = this.#take(chunk, offset, this.#length(this.#frame, 0, this.#gathered));
    const length = this.#length(this.#frame, 0, this.#gathered);
    if (this.#malformed === undefined && this.#gathered >= length) {
      messages.push(parseFrame(this.#frame));
      this.#frame = NOTHING;
      this.#gathered = 0;
    }
    return next;
  }

  /** Adds what the chunk has of the frame's first `length` bytes. */
  #take(chunk: Bytes, offset: number, length: number): number {
    if (this.#frame.length < length) {
      const longer = new Uint8Array(length);
      longer.set(this.#frame);
      this.#frame = longer;
    }
    const end = Math.min(offset + length - this.#gathered, chunk.length);
    this.#frame.set(chunk.subarray(offset, end), this.#gathered);
    this.#gathered += end - offset;
    return end;
  }

  /** As far as can be told; 0 when the frame is malformed, which is remembered. */
  #length(bytes: Bytes, start: number, end: number): number {
    const length = frameLength(bytes, start, end, this.#maxFrame);
    if (typeof length === 'number') return length;
    this.#malformed = length;
    return 0;
  }
}
