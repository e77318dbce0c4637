import { type Bytes, toHex } from '../base/bytes.ts';
import type { PeerId } from '../base/ids.ts';

const MAX_SENDERS = 500;
const MAX_OFFERS = 64;

/**
 * An offer id is accepted once per sender: a replayed offer opens nothing. Bounded for each sender by itself, so that
 * nobody can make us forget another's offers by making many.
 */
export class SeenOffers {
  readonly #senders = new Map<PeerId, Set<string>>();

  isNew(from: PeerId, offerId: Bytes): boolean {
    const offers = this.#senders.get(from) ?? new Set();
    const offer = toHex(offerId);
    if (offers.has(offer)) return false;
    trim(offers, MAX_OFFERS - 1);
    offers.add(offer);
    this.#senders.delete(from);
    trim(this.#senders, MAX_SENDERS - 1);
    this.#senders.set(from, offers);
    return true;
  }
}

function trim<Key>(entries: Set<Key> | Map<Key, unknown>, most: number): void {
  for (const oldest of entries.keys()) {
    if (entries.size <= most) return;
    entries.delete(oldest);
  }
}
