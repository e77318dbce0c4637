import type { Bytes } from './bytes.ts';

/** Where chance comes from: the platform's secure source in the browser, a seed in the simulator. */
export interface Random {
  /** Uniform in [0, 1). */
  next(): number;
  bytes(length: number): Bytes;
}

/** Uniform in 0 … below − 1. */
export function integer(random: Random, below: number): number {
  return Math.floor(random.next() * below);
}

export function pick<T>(random: Random, items: readonly T[]): T | undefined {
  return items[integer(random, items.length)];
}

/** A shuffled copy (Fisher and Yates). */
export function shuffle<T>(random: Random, items: readonly T[]): T[] {
  const shuffled: T[] = [];
  for (const item of items) {
    const place = integer(random, shuffled.length + 1);
    const displaced = shuffled[place];
    if (displaced === undefined) {
      shuffled.push(item);
    } else {
      shuffled.push(displaced);
      shuffled[place] = item;
    }
  }
  return shuffled;
}
