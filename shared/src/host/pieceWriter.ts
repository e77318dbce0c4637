import type { Bytes } from '../base/bytes.ts';
import type { PieceIndex } from '../content/layout.ts';
import type { PieceStore, WriteResult } from './ports.ts';

const BATCH_BYTES = 8 * 1024 * 1024;

interface Waiting {
  readonly piece: PieceIndex;
  readonly bytes: Bytes;
  readonly done: (result: WriteResult) => void;
}

/** Stores pieces several to a transaction: while one batch is being written the next gathers. */
export class PieceWriter {
  readonly #store: PieceStore;
  readonly #batchBytes: number;
  #waiting: Waiting[] = [];
  #writing = false;

  constructor(store: PieceStore, batchBytes = BATCH_BYTES) {
    this.#store = store;
    this.#batchBytes = batchBytes;
  }

  write(piece: PieceIndex, bytes: Bytes, done: (result: WriteResult) => void): void {
    this.#waiting.push({ piece, bytes, done });
    if (!this.#writing) void this.#work();
  }

  async #work(): Promise<void> {
    this.#writing = true;
    while (this.#waiting.length > 0) {
      const batch = this.#takeBatch();
      const result = await this.#write(batch);
      for (const { done } of batch) done(result);
    }
    this.#writing = false;
  }

  async #write(batch: readonly Waiting[]): Promise<WriteResult> {
    try {
      return await this.#store.write(new Map(batch.map(({ piece, bytes }) => [piece, bytes])));
    } catch (error) {
      return { type: 'failed', reason: String(error) };
    }
  }

  #takeBatch(): Waiting[] {
    let bytes = 0;
    const end = this.#waiting.findIndex((each) => (bytes += each.bytes.length) > this.#batchBytes);
    const batch = this.#waiting.slice(0, end < 0 ? undefined : Math.max(end, 1));
    this.#waiting = this.#waiting.slice(batch.length);
    return batch;
  }
}
