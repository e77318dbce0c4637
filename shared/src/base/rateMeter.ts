import type { Time } from './time.ts';

const BUCKETS = 20;

/** Bytes a second over a sliding window, in constant memory. */
export class RateMeter {
  readonly #width: number;
  /** Made with the first bytes: of thousands of meters most never count any. */
  #buckets: number[] | undefined;
  #newest = Number.NEGATIVE_INFINITY;
  #first: Time | undefined;
  #total = 0;
  /** Of all buckets. */
  #sum = 0;

  /** @param window milliseconds looked back. */
  constructor(window = 10_000) {
    this.#width = window / BUCKETS;
  }

  /** Everything ever counted. */
  get total(): number {
    return this.#total;
  }

  /** Goes on from what another meter has counted in all. */
  resume(total: number): void {
    this.#total = total;
  }

  add(now: Time, bytes: number): void {
    this.#advance(now);
    this.#first ??= now;
    this.#total += bytes;
    this.#sum += bytes;
    const place = this.#newest % BUCKETS;
    this.#buckets ??= new Array<number>(BUCKETS).fill(0);
    this.#buckets[place] = (this.#buckets[place] ?? 0) + bytes;
  }

  /** Bytes a second; a meter younger than its window is judged by its age, one second at least. */
  rate(now: Time): number {
    if (this.#first === undefined) return 0;
    this.#advance(now);
    const span = Math.min(Math.max(now - this.#first, 1000), this.#width * BUCKETS);
    return (this.#sum / span) * 1000;
  }

  #advance(now: Time): void {
    const bucket = Math.floor(now / this.#width);
    if (bucket <= this.#newest) return;
    const stale = Math.min(bucket - this.#newest, BUCKETS);
    for (let step = 1; step <= stale; step++)
      this.#empty((((bucket - stale + step) % BUCKETS) + BUCKETS) % BUCKETS);
    this.#newest = bucket;
  }

  #empty(place: number): void {
    if (this.#buckets === undefined) return;
    this.#sum -= this.#buckets[place] ?? 0;
    this.#buckets[place] = 0;
  }
}
