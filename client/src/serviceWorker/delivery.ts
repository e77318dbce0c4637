import { parseSupply } from './parse.ts';
import type { SaveDemand, SaveFailure, SaveOffer, SaveReport, SaveSupply } from './saveMessage.ts';
import { SpentMemory } from './spentMemory.ts';

/** Of how many beats of silence something counts as gone. Beats and not a time: a machine that slept has missed none. */
export const PATIENCE = 6;

const REPORT_EVERY = 8 * 1024 * 1024;

interface DeliveryPorts {
  readonly engine: MessagePort;
  readonly page: MessagePort;
}

/**
 * One file on its way from the engine to the browser's download. Holds one chunk at most. Ends once: whole, or with an
 * error in the stream, since a stream that is merely closed early counts as a complete download.
 */
export class Delivery {
  readonly #offer: SaveOffer;
  readonly #ports: DeliveryPorts;
  readonly #spent: SpentMemory;
  readonly #settle: () => void;
  /** Settles at the end, good or bad. */
  readonly ended: Promise<void>;
  #state: 'offered' | 'claimed' | 'ended' = 'offered';
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  #pulled: (() => void) | undefined;
  #bytes = 0;
  #reported = 0;
  #beatsUnanswered = 0;
  #beatsAlone = 0;

  constructor(offer: SaveOffer, ports: DeliveryPorts, spent = new SpentMemory()) {
    this.#offer = offer;
    this.#ports = ports;
    this.#spent = spent;
    let settle = (): void => undefined;
    this.ended = new Promise((resolve) => {
      settle = resolve;
    });
    this.#settle = settle;
    ports.engine.onmessage = ({ data }) => this.#supplied(parseSupply(data));
    // Not every browser tells that the other end of a port is gone; where it does not, silence tells it later.
    ports.engine.addEventListener('close', () => this.#fail({ code: 'engine-gone' }));
    this.#report({ type: 'ready' });
  }

  /** The bytes, for the one who asks first. */
  claim(): ReadableStream<Uint8Array> | undefined {
    if (this.#state !== 'offered') return undefined;
    this.#state = 'claimed';
    this.#beatsUnanswered = 0;
    return new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#controller = controller;
        },
        pull: () => this.#pull(),
        cancel: () => this.#fail({ code: 'cancelled' }),
      },
      { highWaterMark: 0 },
    );
  }

  /** The page answered. */
  alive(): void {
    this.#beatsAlone = 0;
  }

  /** Called every few seconds until the end. */
  beat(): void {
    if (this.#state === 'ended') return;
    const waiting = this.#state === 'offered' || this.#pulled !== undefined;
    if (waiting && ++this.#beatsUnanswered >= PATIENCE)
      this.#fail({ code: this.#state === 'offered' ? 'unclaimed' : 'engine-silent' });
    else if (++this.#beatsAlone >= PATIENCE) this.#fail({ code: 'page-gone' });
    else this.#report({ type: 'saving', bytes: this.#bytes });
  }

  #pull(): Promise<void> {
    this.#beatsUnanswered = 0;
    this.#demand({ type: 'pull' });
    return new Promise((resolve) => {
      this.#pulled = resolve;
    });
  }

  #supplied(supply: SaveSupply | undefined): void {
    if (this.#pulled === undefined) return;
    if (supply?.type === 'chunk') this.#pass(new Uint8Array(supply.bytes));
    else if (supply?.type === 'end') this.#finish(supply.total);
    else
      this.#fail({
        code: 'source-failed',
        reason: supply?.reason ?? 'the engine sent what nobody understands',
      });
  }

  #pass(chunk: Uint8Array): void {
    this.#bytes += chunk.length;
    const { size } = this.#offer;
    if (size !== undefined && this.#bytes > size) {
      this.#differ(size);
      return;
    }
    if (chunk.length > 0) this.#controller?.enqueue(chunk);
    this.#spent.add(chunk.length);
    if (this.#bytes - this.#reported >= REPORT_EVERY) this.#report({ type: 'saving', bytes: this.#bytes });
    this.#answered();
  }

  #finish(total: number): void {
    const wrong = [total, this.#offer.size ?? total].find((expected) => expected !== this.#bytes);
    if (wrong === undefined) {
      this.#controller?.close();
      this.#end({ type: 'saved', bytes: total });
    } else this.#differ(wrong);
  }

  #differ(expected: number): void {
    this.#fail({ code: 'size-differs', expected, received: this.#bytes });
  }

  #fail(failure: SaveFailure): void {
    if (this.#state === 'ended') return;
    if (failure.code !== 'cancelled') this.#controller?.error(new Error(`not saved: ${failure.code}`));
    this.#demand({ type: 'cancel' });
    this.#end({ type: 'failed', failure });
  }

  #end(report: SaveReport): void {
    this.#state = 'ended';
    this.#report(report);
    this.#answered();
    this.#ports.engine.close();
    this.#ports.page.close();
    this.#settle();
  }

  #answered(): void {
    const pulled = this.#pulled;
    this.#pulled = undefined;
    pulled?.();
  }

  #demand(demand: SaveDemand): void {
    this.#ports.engine.postMessage(demand);
  }

  #report(report: SaveReport): void {
    if ('bytes' in report) this.#reported = report.bytes;
    this.#ports.page.postMessage(report);
  }
}
