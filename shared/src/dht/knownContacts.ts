import { MINUTE, SECOND, type Time } from '../base/time.ts';
import type { Contact } from './contact.ts';
import { headOf, sharedBits } from './distance.ts';
import { BUCKET_CONTACTS } from './limits.ts';
import type { NodeId } from './nodeId.ts';

const FIRST_DELAY = 5 * SECOND;
const DELAY_GROWTH = 8;
const LONGEST_DELAY = 10 * MINUTE;
const DECLINED_DELAY = 2 * MINUTE;

export interface Known {
  readonly contact: Contact;
  readonly bucket: number;
  /** Which quarter of the bucket, 0 to 3. */
  readonly quarter: number;
  heardAt: Time;
  /** A link that told us of it. */
  teller: NodeId | undefined;
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

  teller(id: NodeId): NodeId | undefined {
    return this.#known.get(id)?.teller;
  }

  /** True when it was not known. */
  add(now: Time, contact: Contact, teller?: NodeId): boolean {
    const before = this.#known.get(contact.id);
    if (before !== undefined) Object.assign(before, { heardAt: now, teller });
    if (before !== undefined || contact.id === this.#self) return false;
    const { bucket, quarter } = positionOf(this.#self, contact.id);
    const peers = this.#buckets.get(bucket) ?? [];
    const known = {
      contact,
      bucket,
      quarter,
      heardAt: now,
      teller,
      failures: 0,
      notBefore: Number.NEGATIVE_INFINITY,
    };
    peers.push(known);
    this.#buckets.set(bucket, peers);
    this.#known.set(contact.id, known);
    if (peers.length > BUCKET_CONTACTS) this.#delete(dispensable(peers));
    return this.#known.has(contact.id);
  }

  /** It could not be reached: it is left alone for a while, for longer each time. */
  failed(now: Time, id: NodeId): void {
    const known = this.#known.get(id);
    if (known === undefined) return;
    known.failures++;
    known.notBefore = now + Math.min(FIRST_DELAY * DELAY_GROWTH ** (known.failures - 1), LONGEST_DELAY);
  }

  /** It has no room for us, which is no failure. */
  declined(now: Time, id: NodeId): void {
    const known = this.#known.get(id);
    if (known !== undefined) known.notBefore = now + DECLINED_DELAY;
  }

  succeeded(id: NodeId): void {
    const known = this.#known.get(id);
    if (known !== undefined) known.failures = 0;
  }

  forget(id: NodeId): void {
    const known = this.#known.get(id);
    if (known !== undefined) this.#delete(known);
  }

  #delete({ contact, bucket }: Known): void {
    const peers = this.#buckets.get(bucket) ?? [];
    this.#known.delete(contact.id);
    this.#buckets.set(
      bucket,
      peers.filter((known) => known.contact.id !== contact.id),
    );
  }
}

/** Where in a node's view another one is: its bucket, and which quarter of it. */
export function positionOf(self: NodeId, id: NodeId): { readonly bucket: number; readonly quarter: number } {
  const bucket = sharedBits(self, id);
  return { bucket, quarter: bucket > 28 ? 0 : (headOf(id) << (bucket + 1)) >>> 30 };
}

/**
 * Whoever failed most goes, then one of those that one link told most of, for no link fills a bucket with what it says;
 * then one of the most crowded quarter, then who was not heard of for longest.
 */
function dispensable(peers: readonly Known[]): Known {
  const crowd = [0, 0, 0, 0];
  const tellers = new Map<NodeId | undefined, number>();
  for (const { quarter, teller } of peers) {
    crowd[quarter] = (crowd[quarter] ?? 0) + 1;
    tellers.set(teller, (tellers.get(teller) ?? 0) + 1);
  }
  const told = ({ teller }: Known) => (teller === undefined ? 1 : (tellers.get(teller) ?? 1));
  return peers.reduce((worst, known) => {
    const difference =
      known.failures - worst.failures ||
      told(known) - told(worst) ||
      (crowd[known.quarter] ?? 0) - (crowd[worst.quarter] ?? 0) ||
      worst.heardAt - known.heardAt;
    return difference > 0 ? known : worst;
  });
}
