import type { Bytes } from '../base/bytes.ts';
import type { PieceIndex } from '../content/layout.ts';
import type { Clock, PieceStore, WriteResult } from './ports.ts';

const BATCH_BYTES = 8 * 1024 * 1024;
/** A transaction costs as much as storing some 100 KiB: so much is worth one, less waits a while for company. */
const WORTH_BYTES = 1024 * 1024;
/** The while, in times that the last write took: so a busy machine is spared, and a quick one hardly waits. */
const REST = 2;
const LONGEST_REST = 500;

interface Waiting {
  readonly piece: PieceIndex;
  readonly bytes: Bytes;
  readonly done: (result: WriteResult) => void;
}

/** Stores pieces several to a transaction: while one batch is being written, and a while after, the next gathers. */
export class PieceWriter {
  readonly #store: PieceStore;
  readonly #clock: Clock;
  readonly #batchBytes: number;
  #waiting: Waiting[] = [];
  #waitingBytes = 0;
  #state: { readonly type: 'idle' | 'writing' } | { readonly type: 'resting'; readonly callOff: () => void } =
    { type: 'idle' };

  constructor(store: PieceStore, clock: Clock, batchBytes = BATCH_BYTES) {
    this.#store = store;
    this.#clock = clock;
    this.#batchBytes = batchBytes;
  }

  write(piece: PieceIndex, bytes: Bytes, done: (result: WriteResult) => void): void {
    this.#waiting.push({ piece, bytes, done });
    this.#waitingBytes += bytes.length;
    if (this.#state.type === 'idle') void this.#work();
    else if (this.#state.type === 'resting' && this.#isWorthWriting) {
      this.#state.callOff();
      void this.#work();
    }
  }

  get #isWorthWriting(): boolean {
    return this.#waitingBytes >= Math.min(WORTH_BYTES, this.#batchBytes);
  }

  async #work(): Promise<void> {
    this.#state = { type: 'writing' };
    let took = 0;
    do {
      const begun = this.#clock.now();
      const batch = this.#takeBatch();
      const result = await this.#write(batch);
      for (const { done } of batch) done(result);
      took = this.#clock.now() - begun;
    } while (this.#waiting.length > 0 && (this.#isWorthWriting || took === 0));
    this.#rest(took);
  }

  #rest(took: number): void {
    if (took === 0) {
      this.#state = { type: 'idle' };
      return;
    }
    const until = this.#clock.now() + Math.min(REST * took, LONGEST_REST);
    const callOff = this.#clock.at(until, () => {
      if (this.#waiting.length > 0) void this.#work();
      else this.#state = { type: 'idle' };
    });
    this.#state = { type: 'resting', callOff };
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
    this.#waitingBytes = this.#waiting.reduce((sum, each) => sum + each.bytes.length, 0);
    return batch;
  }
}
