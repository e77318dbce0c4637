import type { Bytes } from '@shoal/shared/base/bytes.ts';
import type { SaveCollection, SaveDemand, SaveSupply } from '../serviceWorker/saveMessage.ts';
import { chunksOf, gathered } from './chunks.ts';

/** Each chunk costs a round trip to the service worker. */
const LEAST_CHUNK = 256 * 1024;

export type SaveEnd =
  | { readonly type: 'delivered'; readonly total: number }
  | { readonly type: 'cancelled' }
  | { readonly type: 'failed'; readonly reason: string };

/**
 * Gives the source to whoever asks at the other end of the port, chunk by chunk as asked. One chunk is made ahead, so
 * memory holds two. Buffers of the source are transferred: it must not keep them. When the other end calls off or goes
 * away, the source is told through its `return`.
 * @param size what the source must come to, where that is known.
 */
export function saveStream(
  port: MessagePort,
  source: AsyncIterable<Bytes> | ReadableStream<Bytes>,
  size: number | undefined,
): Promise<SaveEnd> {
  const chunks = gathered(source instanceof ReadableStream ? chunksOf(source) : source, LEAST_CHUNK);
  return new Promise((resolve) => {
    const supplier = new Supplier(port, chunks, size, resolve);
    port.onmessage = ({ data }: MessageEvent<SaveDemand>) => void supplier.answer(data);
    port.addEventListener('close', () => supplier.end({ type: 'cancelled' }));
  });
}

class Supplier {
  readonly #port: MessagePort;
  readonly #chunks: AsyncGenerator<Bytes, void>;
  readonly #size: number | undefined;
  readonly #ended: (end: SaveEnd) => void;
  #ahead: Promise<IteratorResult<Bytes, void>> | undefined;
  #total = 0;

  constructor(
    port: MessagePort,
    chunks: AsyncGenerator<Bytes, void>,
    size: number | undefined,
    ended: (end: SaveEnd) => void,
  ) {
    this.#port = port;
    this.#chunks = chunks;
    this.#size = size;
    this.#ended = ended;
  }

  async answer(demand: SaveDemand): Promise<void> {
    try {
      if (demand.type === 'pull') await this.#supply();
      else if (demand.type === 'collect') await this.#collect(demand.limit);
      else this.end({ type: 'cancelled' });
    } catch (error) {
      const reason = String(error);
      this.#send({ type: 'error', reason });
      this.end({ type: 'failed', reason });
    }
  }

  end(end: SaveEnd): void {
    this.#ended(end);
    this.#port.close();
    void this.#chunks.return().catch(() => undefined);
  }

  async #supply(): Promise<void> {
    const chunk = await this.#next();
    if (chunk === undefined) {
      this.#finish({ type: 'end', total: this.#total });
      return;
    }
    this.#ahead = this.#chunks.next();
    // Told when it is asked for, or never when nobody asks.
    this.#ahead.catch(() => undefined);
    this.#send({ type: 'chunk', bytes: chunk.buffer }, [chunk.buffer]);
  }

  async #collect(limit: number): Promise<void> {
    const parts: Bytes[] = [];
    for (let chunk = await this.#next(); chunk !== undefined; chunk = await this.#next()) {
      if (this.#total > limit) throw new RangeError(`expected at most ${limit} bytes, received more`);
      parts.push(chunk);
      this.#send({ type: 'collecting', bytes: this.#total });
    }
    this.#finish({ type: 'collected', blob: new Blob(parts) });
  }

  async #next(): Promise<Bytes | undefined> {
    const { value } = await (this.#ahead ?? this.#chunks.next());
    this.#ahead = undefined;
    this.#total += value?.length ?? 0;
    if (this.#total > (this.#size ?? this.#total)) throw this.#wrongSize();
    return value ?? undefined;
  }

  #finish(last: SaveSupply | SaveCollection): void {
    if (this.#total !== (this.#size ?? this.#total)) throw this.#wrongSize();
    this.#send(last);
    this.end({ type: 'delivered', total: this.#total });
  }

  #wrongSize(): RangeError {
    return new RangeError(`expected ${this.#size ?? 0} bytes, received ${this.#total}`);
  }

  #send(supply: SaveSupply | SaveCollection, transfer: Transferable[] = []): void {
    this.#port.postMessage(supply, transfer);
  }
}
