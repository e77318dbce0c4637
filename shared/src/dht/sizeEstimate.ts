import type { Contact } from './contact.ts';
import { compareDistance, headOf, shareBetween } from './distance.ts';
import { REGION_NODES } from './limits.ts';
import type { Place } from './nodeId.ts';

const SAMPLES = 15;
/** Too few contacts say too little. */
const LEAST_CONTACTS = 4;

/**
 * How many nodes there are, judged by how near to random places the nearest ones are. Whoever crowds around a few keys
 * changes a few samples, and not the one in the middle.
 */
export class SizeEstimate {
  readonly #samples: number[] = [];
  #nodes: number | undefined;

  /** Those nearest to a place, as a look-up found them. */
  add(target: Place, nearest: readonly Contact[]): void {
    const sample = estimate(target, nearest);
    if (sample === undefined) return;
    this.#samples.push(sample);
    if (this.#samples.length > SAMPLES) this.#samples.shift();
    const sorted = this.#samples.toSorted((a, b) => a - b);
    this.#nodes = sorted[sorted.length >> 1];
  }

  /** At least 1; nothing before anything was looked up. */
  get nodes(): number | undefined {
    return this.#nodes;
  }

  /** The share of the space around a key that counts as its region. All of it while the size is not known. */
  get region(): number {
    return this.#nodes === undefined ? 1 : Math.min(REGION_NODES / this.#nodes, 1);
  }
}

function estimate(target: Place, nearest: readonly Contact[]): number | undefined {
  if (nearest.length < LEAST_CONTACTS) return undefined;
  const farthest = nearest.reduce((far, { id }) => (compareDistance(target, id, far.id) > 0 ? { id } : far), {
    id: nearest[0]?.id ?? target,
  });
  const share = shareBetween(headOf(farthest.id), headOf(target));
  return share === 0 ? undefined : Math.max(nearest.length / share, 1);
}
