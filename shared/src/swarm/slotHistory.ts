import { SECOND, type Time } from '../base/time.ts';
import type { ChokerPeer } from './chokerPeer.ts';

/** Nobody is choked or unchoked again sooner. */
const LEAST_CHOKE = 10 * SECOND;
const LEAST_TURN = 30 * SECOND;
const LONGEST_TURN = 60 * SECOND;
/** What a turn brings at most, in bytes: twenty small pieces. */
export const LARGEST_TURN = 20 * 64 * 1024;
/** How much of what a slot usually takes is remembered from one rechoke to the next. */
const MEMORY = 0.98;

interface Entry {
  unchoked: boolean;
  changedAt: Time;
  /** When the present turn in a slot began. */
  turnAt: Time;
  /** What had been sent by then. */
  sentAtTurn: number;
  sentBefore: number;
  served: number;
}

/** Who holds a slot since when, and how much of our uplink each has used up so far. */
export class SlotHistory<Id> {
  readonly #entries = new Map<Id, Entry>();
  #usuallyTaken = 0;

  /** @param since what was before does not count. */
  isUnchoked(id: Id, since: Time = Number.NEGATIVE_INFINITY): boolean {
    const entry = this.#entries.get(id);
    return entry?.unchoked === true && entry.changedAt >= since;
  }

  /** Unchoked so lately that choking would be flapping. */
  isSettling(now: Time, id: Id): boolean {
    const entry = this.#entries.get(id);
    return entry?.unchoked === true && now - entry.changedAt < LEAST_CHOKE;
  }

  /** Choked so lately that unchoking would be flapping. */
  isCooling(now: Time, id: Id): boolean {
    const entry = this.#entries.get(id);
    return entry?.unchoked === false && now - entry.changedAt < LEAST_CHOKE;
  }

  /** A minute; half of it for who takes less than the other holders; less for who takes nothing at all. */
  isTurnOver(now: Time, peer: ChokerPeer<Id>, meanRate: number): boolean {
    const entry = this.#entries.get(peer.id);
    if (entry?.unchoked !== true) return true;
    const held = now - entry.turnAt;
    if (held >= LEAST_CHOKE && peer.sent.total - entry.sentAtTurn >= LARGEST_TURN) return true;
    const rate = peer.sent.rate(now);
    if (rate === 0) return held >= LEAST_CHOKE;
    return held >= (rate < meanRate ? LEAST_TURN : LONGEST_TURN);
  }

  /** Bytes of uplink used up. Who lets a slot lie idle is charged what a slot usually takes: it gains nothing. */
  served(id: Id): number {
    return this.#entries.get(id)?.served ?? 0;
  }

  /**
   * Counts what was sent since the last time, and forgets those who left. Newcomers start level with the least served,
   * so that coming late, or again and again, buys one turn and no more.
   */
  account(peers: readonly ChokerPeer<Id>[]): void {
    this.#forgetAllBut(new Set(peers.map((peer) => peer.id)));
    const level = this.#leastServed();
    for (const peer of peers) if (!this.#entries.has(peer.id)) this.#entries.set(peer.id, fresh(peer, level));
    const holders = peers.filter((peer) => peer.interested && this.isUnchoked(peer.id));
    const mean = holders.reduce((sum, peer) => sum + this.#taken(peer), 0) / Math.max(holders.length, 1);
    this.#usuallyTaken = Math.max(mean, this.#usuallyTaken * MEMORY);
    for (const peer of peers) this.#charge(peer, holders.includes(peer) ? this.#usuallyTaken : 0);
  }

  /** Takes down who is unchoked from now on. A holder who won its slot again begins another turn. */
  record(now: Time, unchoked: ReadonlySet<Id>, renewed: ReadonlySet<Id>): void {
    for (const [id, entry] of this.#entries) {
      if (entry.unchoked !== unchoked.has(id)) {
        entry.unchoked = !entry.unchoked;
        entry.changedAt = now;
        entry.turnAt = now;
        entry.sentAtTurn = entry.sentBefore;
      } else if (renewed.has(id)) {
        entry.turnAt = now;
        entry.sentAtTurn = entry.sentBefore;
      }
    }
  }

  /** Takes down that one more is unchoked. */
  unchoke(now: Time, peer: ChokerPeer<Id>): void {
    const entry = this.#entries.get(peer.id) ?? fresh(peer, this.#leastServed());
    this.#entries.set(peer.id, {
      ...entry,
      unchoked: true,
      changedAt: now,
      turnAt: now,
      sentAtTurn: peer.sent.total,
    });
  }

  #forgetAllBut(present: ReadonlySet<Id>): void {
    for (const id of this.#entries.keys()) if (!present.has(id)) this.#entries.delete(id);
  }

  #leastServed(): number {
    let least = Number.POSITIVE_INFINITY;
    for (const entry of this.#entries.values()) least = Math.min(least, entry.served);
    return Number.isFinite(least) ? least : 0;
  }

  #taken(peer: ChokerPeer<Id>): number {
    return peer.sent.total - (this.#entries.get(peer.id)?.sentBefore ?? 0);
  }

  #charge(peer: ChokerPeer<Id>, least: number): void {
    const entry = this.#entries.get(peer.id);
    if (entry === undefined) return;
    entry.served += Math.max(this.#taken(peer), least);
    entry.sentBefore = peer.sent.total;
  }
}

function fresh(peer: ChokerPeer<unknown>, served: number): Entry {
  const never = Number.NEGATIVE_INFINITY;
  return {
    unchoked: false,
    changedAt: never,
    turnAt: never,
    sentAtTurn: peer.sent.total,
    sentBefore: peer.sent.total,
    served,
  };
}
