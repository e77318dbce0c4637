import { integer, type Random } from '../base/random.ts';
import { SECOND, type Time } from '../base/time.ts';
import type { ChokerPeer } from './chokerPeer.ts';
import type { Precedence } from './precedence.ts';
import { SlotHistory } from './slotHistory.ts';
import { DEFAULT_SLOTS } from './slots.ts';

/** How often `rechoke` wants to be called (BEP 3). */
export const RECHOKE_INTERVAL = 10 * SECOND;

const OPTIMISTIC_INTERVAL = 30 * SECOND;
/** How much likelier than a stranger it is that one is drawn who has nothing yet, or has given us something. */
const PROMISING_CHANCES = 10;
const OPTIMISTIC_SLOTS = 1;

/** A peer that may have a slot, and all that decides whether it gets one. */
interface Candidate<Id> {
  readonly peer: ChokerPeer<Id>;
  readonly settling: boolean;
  readonly giving: number;
  readonly inTurn: boolean;
  readonly served: number;
}

/**
 * Decides who may request from us: tit-for-tat while we want something ourselves, turns of up to a minute when we
 * seed (BEP 3, and reference figures: many thin rotating slots waste the uplink and reward nobody).
 */
export class Choker<Id> {
  readonly #random: Random;
  readonly #history = new SlotHistory<Id>();
  #optimistic: { readonly id: Id; readonly since: Time } | undefined;
  #capacity = DEFAULT_SLOTS + OPTIMISTIC_SLOTS;
  #seeding = false;

  constructor(random: Random) {
    this.#random = random;
  }

  /**
   * Who is to be unchoked from now on; everybody else is to be choked. Peers that want nothing keep a slot that
   * nobody else wants, so that they need not wait when they want something again.
   *
   * @param slots see `Slots`; beside them, a leecher has one optimistic slot.
   */
  rechoke(
    now: Time,
    peers: readonly ChokerPeer<Id>[],
    seeding: boolean,
    slots = DEFAULT_SLOTS,
  ): ReadonlySet<Id> {
    this.#seeding = seeding;
    this.#capacity = slots + (seeding ? 0 : OPTIMISTIC_SLOTS);
    this.#history.account(peers);
    const candidates = this.#candidates(now, peers);
    const settling = candidates.filter((candidate) => candidate.settling).length;
    const eligible = candidates
      .filter((candidate) => candidate.settling || !this.#isIneligible(candidate.peer))
      .sort(seeding ? byTurn : byGiving);
    const places = Math.max(slots, settling);
    const regular = seeding ? withReserved(eligible, places) : eligible.slice(0, places);
    const unchoked = new Set(regular.map(({ peer }) => peer.id));
    const renewed = new Set(regular.filter(({ inTurn }) => !inTurn).map(({ peer }) => peer.id));
    if (seeding) this.#optimistic = undefined;
    else if (unchoked.size < this.#capacity) this.#addOptimistic(now, candidates, unchoked);
    this.#addIdle(now, peers, unchoked);
    this.#history.record(now, unchoked, renewed);
    return unchoked;
  }

  /**
   * Between two rechokes: whether a choked peer that is or became interested gets a free slot at once. When it does,
   * it counts as unchoked from now on.
   *
   * @param peers everybody, the peer itself included or not.
   */
  unchokeAtOnce(now: Time, peer: ChokerPeer<Id>, peers: Iterable<ChokerPeer<Id>>): boolean {
    if (!peer.interested || this.#isIneligible(peer)) return false;
    // Who was lost and is back takes up its slot again.
    if (this.#history.isUnchoked(peer.id, peer.admittedAt)) return false;
    if (this.#history.isCooling(now, peer.id)) return false;
    const wanting = [...peers].filter((other) => other.interested);
    // Where not everybody can have a slot, strangers wait for the next round: it may turn out who wants it.
    if (wanting.length > this.#capacity && !this.#seeding && !isTrusted(peer)) return false;
    const others = [...peers].filter((other) => other.id !== peer.id);
    const unchoked = others.filter((other) => this.#history.isUnchoked(other.id));
    const holding = unchoked.filter((other) => other.interested);
    // Peers that lose interest free their slots, but not so that a crowd blinking its interest is unchoked as a whole.
    if (holding.length >= this.#capacity || unchoked.length >= 2 * this.#capacity) return false;
    this.#history.unchoke(now, peer);
    return true;
  }

  /** The uplink lies idle: who, if anybody, is unchoked beside the others from now on. */
  unchokeAnother(now: Time, peers: readonly ChokerPeer<Id>[]): Id | undefined {
    const [best] = this.#candidates(now, peers)
      .filter(({ peer }) => !this.#history.isUnchoked(peer.id) && !this.#isIneligible(peer))
      .sort(this.#seeding ? byTurn : byGiving);
    if (best === undefined) return undefined;
    this.#history.unchoke(now, best.peer);
    return best.peer.id;
  }

  /** When an unchoked peer is served. */
  precedenceOf(now: Time, peer: ChokerPeer<Id>): Precedence {
    // As long as it has nothing, its uplink is lost to all.
    if (peer.empty) return 'first';
    // A seeder's uplink is for those who pass on what they get, a leecher's for those who give, or are being tried.
    return (this.#seeding ? peer.hoards : this.#isIdle(now, peer)) ? 'last' : 'in-turn';
  }

  #isIdle(now: Time, peer: ChokerPeer<Id>): boolean {
    return peer.received.rate(now) === 0 && peer.id !== this.#optimistic?.id && !isTrusted(peer);
  }

  /** Who gives nothing for what it promised may hope for the optimistic slot only. A seeder asks for nothing. */
  #isIneligible(peer: ChokerPeer<Id>): boolean {
    return peer.snubbed && !this.#seeding;
  }

  #candidates(now: Time, peers: readonly ChokerPeer<Id>[]): Candidate<Id>[] {
    const wanting = peers.filter((peer) => peer.interested && !this.#history.isCooling(now, peer.id));
    const holders = wanting.filter((peer) => this.#history.isUnchoked(peer.id));
    const rate = holders.reduce((sum, peer) => sum + peer.sent.rate(now), 0) / Math.max(holders.length, 1);
    return wanting.map((peer) => ({
      peer,
      settling: this.#history.isSettling(now, peer.id),
      giving: peer.received.rate(now),
      inTurn: !hasNothingToShow(peer) && !peer.hoards && !this.#history.isTurnOver(now, peer, rate),
      served: this.#history.served(peer.id),
    }));
  }

  /** One slot for somebody who has not earned it: how else would a newcomer begin, or we find a better partner? */
  #addOptimistic(now: Time, candidates: readonly Candidate<Id>[], unchoked: Set<Id>): void {
    const waiting = candidates.filter(({ peer }) => !unchoked.has(peer.id));
    const present = this.#optimistic;
    const stays = waiting.some(({ peer }) => peer.id === present?.id && !isIndebted(peer));
    if (present === undefined || !stays || now - present.since >= OPTIMISTIC_INTERVAL) {
      const id = this.#draw(waiting, present?.id);
      this.#optimistic = id === undefined ? undefined : { id, since: now };
    }
    if (this.#optimistic !== undefined) unchoked.add(this.#optimistic.id);
  }

  /** At random, the promising more likely; debtors, and the same peer again, only when there is no other. */
  #draw(waiting: readonly Candidate<Id>[], previous: Id | undefined): Id | undefined {
    const others = waiting.filter(({ peer }) => peer.id !== previous);
    const solvent = others.filter(({ peer }) => !isIndebted(peer));
    const [drawn = []] = [solvent, others, waiting].filter((some) => some.length > 0);
    const chances = drawn.flatMap(({ peer }) =>
      new Array<Id>(isPromising(peer) ? PROMISING_CHANCES : 1).fill(peer.id),
    );
    return chances[integer(this.#random, chances.length)];
  }

  #addIdle(now: Time, peers: readonly ChokerPeer<Id>[], unchoked: Set<Id>): void {
    for (const peer of peers) {
      if (peer.interested || !this.#history.isUnchoked(peer.id)) continue;
      if (unchoked.size < this.#capacity || this.#history.isSettling(now, peer.id)) unchoked.add(peer.id);
    }
  }
}

/** Has been given a piece more than it has given: it had its chance. */
function isIndebted<Id>({ sent, received, pieceLength }: ChokerPeer<Id>): boolean {
  return sent.total - received.total >= pieceLength;
}

function isTrusted<Id>(peer: ChokerPeer<Id>): boolean {
  return isPromising(peer) && !isIndebted(peer);
}

/** Cannot give yet, or has given. Of all others who never gave, some never will. */
function isPromising<Id>({ empty, received }: ChokerPeer<Id>): boolean {
  return empty || received.total > 0;
}

/** What got it a slot was that it had nothing: with a gift sent that is over, or who claims nothing for ever holds it. */
function hasNothingToShow<Id>(peer: ChokerPeer<Id>): boolean {
  return peer.claimsNothing && !peer.empty;
}

/** Whom a seeder keeps a place for. */
const RESERVED: readonly (<Id>(peer: ChokerPeer<Id>) => boolean)[] = [
  // Has yet to show that it passes on what it gets.
  (peer) => !peer.passesOn && !peer.hoards,
  // Will leave its place to others soon. Who lacks a little when those it traded with have gone has nobody else.
  (peer) => peer.nearlyDone,
];

/** The first of them, and for each kind that has a place reserved the first of its kind. */
function withReserved<Id>(sorted: readonly Candidate<Id>[], places: number): Candidate<Id>[] {
  const settling = sorted.filter((candidate) => candidate.settling);
  const others = sorted.filter((candidate) => !candidate.settling);
  const reserved = RESERVED.flatMap((is) => {
    const first = settling.some(({ peer }) => is(peer)) ? undefined : others.find(({ peer }) => is(peer));
    return first ?? [];
  });
  return [...new Set([...settling, ...reserved, ...others])].slice(0, places);
}

/** For a leecher: the first comes first. */
function byGiving<Id>(a: Candidate<Id>, b: Candidate<Id>): number {
  return (
    // Unchoked a moment ago: no flapping.
    Number(b.settling) - Number(a.settling) ||
    // Gives us most, over the last twenty seconds.
    b.giving - a.giving ||
    // Among those who give nothing, as a seeder would.
    byTurn(a, b)
  );
}

/** For a seeder: the first comes first. */
function byTurn<Id>(a: Candidate<Id>, b: Candidate<Id>): number {
  return (
    // Unchoked a moment ago: no flapping.
    Number(b.settling) - Number(a.settling) ||
    // Does not keep to itself what nobody else was given.
    Number(a.peer.hoards) - Number(b.peer.hoards) ||
    // Has nothing to give to anybody before it gets a piece.
    Number(b.peer.empty) - Number(a.peer.empty) ||
    // Passes on what it is given.
    Number(b.peer.passesOn) - Number(a.peer.passesOn) ||
    // Holds a slot whose time is not up.
    Number(b.inTurn) - Number(a.inTurn) ||
    // Has used up least of our uplink.
    a.served - b.served ||
    // Has waited longest: were it the latest, who comes again and again would always win.
    a.peer.admittedAt - b.peer.admittedAt
  );
}
