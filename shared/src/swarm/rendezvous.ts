import { type Bytes, equal } from '../base/bytes.ts';
import type { PeerId } from '../base/ids.ts';
import { SECOND, type Time } from '../base/time.ts';
import { OFFER_ID, openSignal, sealSignal } from '../wire/sealedSignal.ts';
import type { Signal } from '../wire/signal.ts';
import type { SwarmContext } from './context.ts';
import type { Lane } from './io.ts';
import { SeenOffers } from './seenOffers.ts';
import type { Way } from './way.ts';

/** An honest peer that is there answers and opens sooner. */
const PROMPT = 4 * SECOND;
const UNANSWERED_TIMEOUT = 10 * SECOND;
const ATTEMPT_TIMEOUT = 20 * SECOND;
/** Connections being made at once: ours, and others'. Those who offer can't keep us from dialling. */
const MAX_OPENING = 20;
/** A browser makes a handful for each network and server it has. */
const MAX_CANDIDATES = 100;

type Role = 'initiator' | 'responder';

/** A connection being made, or made, through one offer. */
interface Attempt {
  readonly role: Role;
  readonly offerId: Bytes;
  /** By whom our signals pass. */
  readonly way: Way;
  since: Time;
  opened: boolean;
  answered: boolean;
  candidates: number;
}

/**
 * How two peers find each other's network: sealed offers, answers and candidates through whoever relays them. Of two
 * simultaneous dials the offer of the greater peer id wins, at both ends and in whatever order the signals arrive.
 */
export class Rendezvous {
  readonly #context: SwarmContext;
  readonly #makeRoom: (peer: PeerId) => boolean;
  readonly #relay: (way: Way, to: PeerId, sealed: Bytes) => void;
  readonly #attempts = new Map<PeerId, Attempt>();
  readonly #seenOffers = new SeenOffers();

  /**
   * @param makeRoom ends a connection for that peer, when there is one that nobody misses.
   * @param relay has a signal passed on.
   */
  constructor(
    context: SwarmContext,
    makeRoom: (peer: PeerId) => boolean,
    relay: (way: Way, to: PeerId, sealed: Bytes) => void,
  ) {
    this.#context = context;
    this.#makeRoom = makeRoom;
    this.#relay = relay;
  }

  /** Connections under way or open. */
  get size(): number {
    return this.#attempts.size;
  }

  get peers(): PeerId[] {
    return [...this.#attempts.keys()];
  }

  has(peer: PeerId): boolean {
    return this.#attempts.has(peer);
  }

  /** False when the page has no connection to spare. */
  dial(peer: PeerId, way: Way): boolean {
    return this.#begin(peer, 'initiator', this.#context.random.bytes(OFFER_ID), way);
  }

  /** Our side has something to tell the other. */
  localSignal(peer: PeerId, lane: Lane, signal: Signal): void {
    const attempt = this.#attempts.get(peer);
    if (attempt === undefined || !isFor(attempt.role, signal)) return;
    const { crypto, random, keys, infoHash, peerId } = this.#context;
    const address = { infoHash, from: peerId, to: peer, offerId: attempt.offerId };
    const sealed = sealSignal(crypto, random, keys.signal, address, { lane, signal });
    this.#relay(attempt.way, peer, sealed);
  }

  /** Takes what was relayed to us. What does not open, or fits no offer, is dropped without an answer. */
  sealedSignal(from: PeerId, sealed: Bytes, way: Way): void {
    const { crypto, keys, infoHash, peerId } = this.#context;
    if (from === peerId) return;
    const result = openSignal(crypto, keys.signal, { infoHash, from, to: peerId }, sealed);
    if (result.type !== 'signal' || result.lane !== 0) return;
    if (result.signal.type === 'offer') this.#offered(from, result.offerId, result.signal, way);
    else this.#continued(from, result.offerId, result.signal);
  }

  /** By whom the signals of a connection, made or being made, have passed. */
  wayTo(peer: PeerId): Way | undefined {
    return this.#attempts.get(peer)?.way;
  }

  /** Connections being made through that peer. */
  through(peer: PeerId): number {
    const attempts = [...this.#attempts.values()].filter(({ opened }) => !opened);
    return attempts.filter(({ way }) => typeof way === 'object' && way.peer === peer).length;
  }

  /** Our role; nothing unless the connection was being made. */
  opened(peer: PeerId): Role | undefined {
    const attempt = this.#attempts.get(peer);
    if (attempt === undefined || attempt.opened) return undefined;
    attempt.opened = true;
    return attempt.role;
  }

  /** The connection is gone; its place is free. */
  ended(peer: PeerId): void {
    if (this.#attempts.delete(peer)) this.#context.budget.giveBack();
  }

  /** Attempts that have taken too long. */
  overdue(now: Time): PeerId[] {
    return [...this.#attempts]
      .filter(([, attempt]) => !attempt.opened && now - attempt.since > timeoutOf(attempt))
      .map(([peer]) => peer);
  }

  /** Offers of ours that have had no answer for longer than an honest peer takes. */
  get unanswered(): number {
    const { now } = this.#context;
    return this.#opening('initiator').filter(
      ([, attempt]) => !attempt.answered && now - attempt.since > PROMPT,
    ).length;
  }

  /** Attempts under way have all their time again. */
  woke(now: Time): void {
    for (const attempt of this.#attempts.values()) if (!attempt.opened) attempt.since = now;
  }

  /** The answer goes back by the way that the offer came. */
  #offered(from: PeerId, offerId: Bytes, signal: Signal, way: Way): void {
    if (!this.#seenOffers.isNew(from, offerId)) return;
    const present = this.#attempts.get(from);
    if (present !== undefined) {
      if (this.#outranks(present, from)) return;
      this.#context.drop(from, 'replaced');
    }
    if (!this.#begin(from, 'responder', offerId, way)) return;
    this.#context.emit({ type: 'signal', peer: from, lane: 0, signal });
  }

  /**
   * Ours wins over an offer of the same time, even one that arrives when ours has just led to a connection. One that
   * comes later is from somebody who has lost that connection.
   */
  #outranks({ role, since, opened }: Attempt, from: PeerId): boolean {
    const { now, peerId } = this.#context;
    return role === 'initiator' && peerId > from && now - since <= (opened ? PROMPT : ATTEMPT_TIMEOUT);
  }

  #continued(from: PeerId, offerId: Bytes, signal: Signal): void {
    const attempt = this.#attempts.get(from);
    if (attempt === undefined || !equal(attempt.offerId, offerId) || !accept(attempt, signal)) return;
    this.#context.emit({ type: 'signal', peer: from, lane: 0, signal });
  }

  #begin(peer: PeerId, role: Role, offerId: Bytes, way: Way): boolean {
    if (this.#opening(role).length >= MAX_OPENING && (role === 'initiator' || !this.#dropStale()))
      return false;
    if (!this.#takePlace(peer)) return false;
    const { now } = this.#context;
    const begun = { since: now, opened: false, answered: false, candidates: 0 };
    this.#attempts.set(peer, { role, offerId, way, ...begun });
    this.#context.emit({ type: 'open', peer, lane: 0, role });
    return true;
  }

  #takePlace(peer: PeerId): boolean {
    const { budget } = this.#context;
    return budget.take() || (this.#makeRoom(peer) && budget.take());
  }

  /** Offers that lead nowhere must not keep out those of others: the one that has had time enough makes room. */
  #dropStale(): boolean {
    const [oldest] = this.#opening('responder').sort(([, a], [, b]) => a.since - b.since);
    if (oldest === undefined || this.#context.now - oldest[1].since < PROMPT) return false;
    this.#context.drop(oldest[0], 'not-admitted');
    return true;
  }

  #opening(role: Role): [PeerId, Attempt][] {
    return [...this.#attempts].filter(([, attempt]) => !attempt.opened && attempt.role === role);
  }
}

/** Who does not even answer is not there, or has no room. */
function timeoutOf({ role, answered }: Attempt): number {
  return role === 'initiator' && !answered ? UNANSWERED_TIMEOUT : ATTEMPT_TIMEOUT;
}

/** Whether our side may say that: a late word of an attempt that was replaced must not pass for the present one's. */
function isFor(role: Role, { type }: Signal): boolean {
  return type === 'candidate' || (type === 'offer') === (role === 'initiator');
}

/** One answer, to an offer of ours; and candidates, within a bound. */
function accept(attempt: Attempt, { type }: Signal): boolean {
  if (type === 'candidate') return ++attempt.candidates <= MAX_CANDIDATES;
  if (attempt.role !== 'initiator' || attempt.opened || attempt.answered) return false;
  attempt.answered = true;
  return true;
}
