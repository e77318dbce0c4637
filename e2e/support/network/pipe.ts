export interface PipeSettings {
  /** `undefined`: whatever enters has its turn at once. */
  readonly limit: { readonly bytesPerSecond: number; readonly queueBytes: number } | undefined;
  /** Milliseconds on the way, once it was a packet's turn. */
  readonly delay: number;
  /** The share of packets lost at random: 0 to 1. */
  readonly loss: number;
}

/** What became of a packet that was to enter. */
export type Entry = 'taken' | 'lost' | 'full';

interface Travelling<Packet> {
  readonly packet: Packet;
  readonly due: number;
}

/** Those who have left are cleared away in such numbers. */
const CLEARED_AT = 1024;

/** One direction of a line: a queue that drains at a rate, then a way that takes its time. Keeps the order. */
export class Pipe<Packet> {
  #settings: PipeSettings;
  readonly #random: () => number;
  #travelling: Travelling<Packet>[] = [];
  #left = 0;
  /** When the last packet that entered has had its turn. */
  #drained = 0;
  #lastDue = 0;

  /** @param random yields numbers from 0 to 1, 1 excluded. */
  constructor(settings: PipeSettings, random: () => number) {
    this.#settings = settings;
    this.#random = random;
  }

  /** When the next one leaves: milliseconds on the clock of `enter`, `Infinity` when nobody is on the way. */
  get nextDue(): number {
    return this.#travelling[this.#left]?.due ?? Infinity;
  }

  /** What is on its way already goes on as it was. */
  change(settings: PipeSettings): void {
    this.#settings = settings;
  }

  enter(now: number, size: number, packet: Packet): Entry {
    const { limit, delay, loss } = this.#settings;
    if (loss > 0 && this.#random() < loss) return 'lost';
    const turn = Math.max(now, this.#drained);
    if (limit !== undefined) {
      const waiting = ((turn - now) / 1000) * limit.bytesPerSecond;
      if (waiting + size > limit.queueBytes) return 'full';
      this.#drained = turn + (size / limit.bytesPerSecond) * 1000;
    }
    this.#lastDue = Math.max((limit === undefined ? now : this.#drained) + delay, this.#lastDue);
    this.#travelling.push({ packet, due: this.#lastDue });
    return 'taken';
  }

  /** Takes out the first one, if it is due. */
  leave(now: number): Packet | undefined {
    const next = this.#travelling[this.#left];
    if (next === undefined || next.due > now) return undefined;
    if (++this.#left === CLEARED_AT) {
      this.#travelling = this.#travelling.slice(CLEARED_AT);
      this.#left = 0;
    }
    return next.packet;
  }
}
