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

/** Whom to dial next: those introduced latest, at random, each after a back-off that doubles with every failure. */
export class DialPlanner {
  /** Those introduced longest ago first. */
  readonly #contacts = new Map<PeerId, Contact>();
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
    this.#contacts.delete(peer);
    if (this.#contacts.size >= MAX_CONTACTS) deleteOldest(this.#contacts);
    const { failures, notBefore } = known ?? { failures: 0, notBefore: Number.NEGATIVE_INFINITY };
    const introducers = by === undefined ? NOBODY : new Set([...(known?.by ?? NOBODY), by]);
    this.#contacts.set(peer, { heardAt, by: introducers, failures, notBefore });
  }

  /** Somebody due who is not `taken` already. Whoever was not introduced again may be gone: those heard of last come first. */
  next(now: Time, taken: (peer: PeerId) => boolean): PeerId | undefined {
    let latest = Number.NEGATIVE_INFINITY;
    let due: PeerId[] = [];
    for (const [peer, { heardAt, notBefore }] of this.#contacts) {
      if (heardAt < latest || notBefore > now || taken(peer)) continue;
      if (heardAt > latest) due = [];
      latest = heardAt;
      due.push(peer);
    }
    return pick(this.#random, due);
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
    if (contact.failures > MAX_FAILURES) this.#contacts.delete(peer);
    const delay = Math.min(FIRST_DELAY * 2 ** (contact.failures - 1), LONGEST_DELAY);
    contact.notBefore = now + delay * (0.5 + this.#random.next());
  }

  /** For good, unless thousands are banned after it. */
  ban(peer: PeerId): void {
    this.#contacts.delete(peer);
    if (this.#banned.size >= MAX_BANNED) deleteOldest(this.#banned);
    this.#banned.add(peer);
  }

  isBanned(peer: PeerId): boolean {
    return this.#banned.has(peer);
  }
}

function deleteOldest(peers: Map<PeerId, unknown> | Set<PeerId>): void {
  const [oldest] = peers.keys();
  if (oldest !== undefined) peers.delete(oldest);
}
