import { deleteOldest } from '../base/deleteOldest.ts';
import type { PeerId } from '../base/ids.ts';
import { pick, type Random } from '../base/random.ts';
import { MINUTE, SECOND, type Time } from '../base/time.ts';
import type { Relay } from './way.ts';

const MAX_CONTACTS = 500;
const MAX_BANNED = 2000;
const MAX_FAILURES = 6;
const FIRST_DELAY = 2 * SECOND;
const LONGEST_DELAY = 2 * MINUTE;

const NOBODY: ReadonlySet<Relay> = new Set();

interface Contact {
  /** When it was introduced last, if it was. */
  heardAt: Time;
  readonly by: ReadonlySet<Relay>;
  failures: number;
  notBefore: Time;
}

/** Those introduced at one time. */
interface Batch {
  readonly heardAt: Time;
  /** In the order they were introduced. */
  readonly contacts: Map<PeerId, Contact>;
}

/** Whom to dial next: those introduced latest, at random, each after a back-off that doubles with every failure. */
export class DialPlanner {
  /** Those introduced longest ago first. */
  readonly #contacts = new Map<PeerId, Contact>();
  /** The same contacts: who is due is nearly always among the first few of hundreds. The latest come first. */
  #batches: readonly Batch[] = [];
  readonly #banned = new Set<PeerId>();
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  /** The oldest makes room: who is still there will be introduced again. */
  introduce(now: Time, peer: PeerId, by: Relay = 'tracker'): void {
    this.#learn(peer, now, by);
  }

  /** Somebody whom only connected peers tell of comes after all others. */
  hearOf(peer: PeerId): void {
    if (!this.#contacts.has(peer)) this.#learn(peer, Number.NEGATIVE_INFINITY);
  }

  knows(peer: PeerId): boolean {
    return this.#contacts.has(peer);
  }

  /** Who has introduced it. */
  introducers(peer: PeerId): ReadonlySet<Relay> {
    return this.#contacts.get(peer)?.by ?? NOBODY;
  }

  /** Since it was reached last. */
  failures(peer: PeerId): number {
    return this.#contacts.get(peer)?.failures ?? 0;
  }

  #learn(peer: PeerId, heardAt: Time, by?: Relay): void {
    if (this.#banned.has(peer)) return;
    const known = this.#contacts.get(peer);
    this.#forget(peer);
    if (this.#contacts.size >= MAX_CONTACTS) this.#forgetOldest();
    const { failures, notBefore } = known ?? { failures: 0, notBefore: Number.NEGATIVE_INFINITY };
    const introducers = by === undefined ? NOBODY : new Set([...(known?.by ?? NOBODY), by]);
    const contact = { heardAt, by: introducers, failures, notBefore };
    this.#contacts.set(peer, contact);
    this.#batchOf(heardAt).contacts.set(peer, contact);
  }

  #forget(peer: PeerId): void {
    const contact = this.#contacts.get(peer);
    if (contact === undefined) return;
    this.#contacts.delete(peer);
    const { contacts } = this.#batchOf(contact.heardAt);
    contacts.delete(peer);
    if (contacts.size === 0) this.#batches = this.#batches.filter((batch) => batch.contacts !== contacts);
  }

  #forgetOldest(): void {
    const [oldest] = this.#contacts.keys();
    if (oldest !== undefined) this.#forget(oldest);
  }

  #batchOf(heardAt: Time): Batch {
    const present = this.#batches.find((batch) => batch.heardAt === heardAt);
    if (present !== undefined) return present;
    const batch = { heardAt, contacts: new Map<PeerId, Contact>() };
    this.#batches = [...this.#batches, batch].sort((a, b) => (a.heardAt < b.heardAt ? 1 : -1));
    return batch;
  }

  /** Somebody due who is not `taken` already. Whoever was not introduced again may be gone: those heard of last come first. */
  next(now: Time, taken: (peer: PeerId) => boolean): PeerId | undefined {
    return pick(this.#random, this.#latestDue(now, taken));
  }

  #latestDue(now: Time, taken: (peer: PeerId) => boolean): PeerId[] {
    for (const { contacts } of this.#batches) {
      const due: PeerId[] = [];
      for (const [peer, { notBefore }] of contacts) if (notBefore <= now && !taken(peer)) due.push(peer);
      if (due.length > 0) return due;
    }
    return [];
  }

  /** Everybody is due: what failed before may be reached now. */
  woke(): void {
    for (const contact of this.#contacts.values()) contact.notBefore = Number.NEGATIVE_INFINITY;
  }

  succeeded(peer: PeerId): void {
    const contact = this.#contacts.get(peer);
    if (contact !== undefined) contact.failures = 0;
  }

  /** The attempt failed or the connection was lost. Who fails too often is forgotten until introduced again. */
  failed(now: Time, peer: PeerId): void {
    const contact = this.#contacts.get(peer);
    if (contact === undefined) return;
    contact.failures++;
    if (contact.failures > MAX_FAILURES) this.#forget(peer);
    const delay = Math.min(FIRST_DELAY * 2 ** (contact.failures - 1), LONGEST_DELAY);
    contact.notBefore = now + delay * (0.5 + this.#random.next());
  }

  /** For good, unless thousands are banned after it. */
  ban(peer: PeerId): void {
    this.#forget(peer);
    if (this.#banned.size >= MAX_BANNED) deleteOldest(this.#banned);
    this.#banned.add(peer);
  }

  isBanned(peer: PeerId): boolean {
    return this.#banned.has(peer);
  }
}
