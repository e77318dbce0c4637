import { SECOND, type Time } from '../base/time.ts';
import type { Contact } from './contact.ts';
import { headOf, sharedBits } from './distance.ts';
import { BUCKET_CONTACTS } from './limits.ts';
import type { NodeId } from './nodeId.ts';

const MAX_FAILURES = 3;
const FIRST_DELAY = 5 * SECOND;

export interface Known {
  readonly contact: Contact;
  readonly bucket: number;
  /** Which quarter of the bucket, 0 to 3. */
  readonly quarter: number;
  heardAt: Time;
  failures: number;
  notBefore: Time;
}

/** Contacts that could become links: a few in each bucket, spread over its quarters, those that can be reached first. */
export class KnownContacts {
  readonly #self: NodeId;
  readonly #known = new Map<NodeId, Known>();
  readonly #buckets = new Map<number, Known[]>();

  constructor(self: NodeId) {
    this.#self = self;
  }

  values(): IterableIterator<Known> {
    return this.#known.values();
  }

  has(id: NodeId): boolean {
    return this.#known.has(id);
  }

  /** True when it was not known. */
  add(now: Time, contact: Contact): boolean {
    const before = this.#known.get(contact.id);
    if (before !== undefined) before.heardAt = now;
    if (before !== undefined || contact.id === this.#self) return false;
    const { bucket, quarter } = positionOf(this.#self, contact.id);
    const peers = this.#buckets.get(bucket) ?? [];
    const known = {
      contact,
      bucket,
      quarter,
      heardAt: now,
      failures: 0,
      notBefore: Number.NEGATIVE_INFINITY,
    };
    peers.push(known);
    this.#buckets.set(bucket, peers);
    this.#known.set(contact.id, known);
    if (peers.length > BUCKET_CONTACTS) this.delete(dispensable(peers).contact.id);
    return this.#known.has(contact.id);
  }

  /** It could not be reached: after a few times it is forgotten until somebody tells of it. */
  failed(now: Time, id: NodeId): void {
    const known = this.#known.get(id);
    if (known === undefined) return;
    known.failures++;
    if (known.failures >= MAX_FAILURES) return this.delete(id);
    known.notBefore = now + FIRST_DELAY * 6 ** (known.failures - 1);
  }

  succeeded(id: NodeId): void {
    const known = this.#known.get(id);
    if (known !== undefined) known.failures = 0;
  }

  delete(id: NodeId): void {
    const known = this.#known.get(id);
    if (known === undefined) return;
    this.#known.delete(id);
    const peers = this.#buckets.get(known.bucket) ?? [];
    peers.splice(peers.indexOf(known), 1);
  }
}

/** Where in a node's view another one is: its bucket, and which quarter of it. */
export function positionOf(self: NodeId, id: NodeId): { readonly bucket: number; readonly quarter: number } {
  const bucket = sharedBits(self, id);
  return { bucket, quarter: bucket > 28 ? 0 : (headOf(id) << (bucket + 1)) >>> 30 };
}

/** Whoever failed most goes, then one of the most crowded quarter, then who was not heard of for longest. */
function dispensable(peers: readonly Known[]): Known {
  const crowd = [0, 0, 0, 0];
  for (const { quarter } of peers) crowd[quarter] = (crowd[quarter] ?? 0) + 1;
  return peers.reduce((worst, known) => {
    const difference =
      known.failures - worst.failures ||
      (crowd[known.quarter] ?? 0) - (crowd[worst.quarter] ?? 0) ||
      worst.heardAt - known.heardAt;
    return difference > 0 ? known : worst;
  });
}
