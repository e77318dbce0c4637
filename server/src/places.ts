import type { Address } from './address.ts';

/** An address may have so large a part of what is still free. */
const PART = 1 / 3;

/**
 * A bounded number of places. An address gets no further one once it has more than a third of those still free: alone
 * it may have a quarter of all, and the fewer are left, the less a further address gets, so that a few greedy ones
 * always leave some for newcomers (dynamic thresholds, as in shared packet buffers).
 */
export class Places {
  readonly #bound: number;
  readonly #taken = new Map<Address, number>();
  #total = 0;

  constructor(bound: number) {
    this.#bound = bound;
  }

  get total(): number {
    return this.#total;
  }

  of(address: Address): number {
    return this.#taken.get(address) ?? 0;
  }

  judge(address: Address): 'free' | 'full' | 'too-many' {
    const free = this.#bound - this.#total;
    if (free <= 0) return 'full';
    return this.of(address) < Math.max(free * PART, 1) ? 'free' : 'too-many';
  }

  take(address: Address): void {
    this.#taken.set(address, this.of(address) + 1);
    this.#total++;
  }

  leave(address: Address): void {
    const left = this.of(address) - 1;
    if (left < 0) return;
    if (left === 0) this.#taken.delete(address);
    else this.#taken.set(address, left);
    this.#total--;
  }
}
