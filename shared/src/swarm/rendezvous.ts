import { type Bytes, toHex } from '../base/bytes.ts';
import type { PeerId } from '../base/ids.ts';
import { SECOND, type Time } from '../base/time.ts';
import { OFFER_ID, openSignal, sealSignal } from '../wire/sealedSignal.ts';
import type { Signal } from '../wire/signal.ts';
import type { SwarmContext } from './context.ts';
import type { Lane } from './io.ts';

const ATTEMPT_TIMEOUT = 20 * SECOND;
const MAX_ATTEMPTS = 20;
const MAX_SEEN_OFFERS = 4096;

type Role = 'initiator' | 'responder';

/** A connection being made, or made, through one offer. */
interface Attempt {
  readonly role: Role;
  readonly offerId: Bytes;
  readonly since: Time;
  opened: boolean;
}

/**
 * How two peers find each other's network: sealed offers, answers and candidates through whoever relays them. Of two
 * simultaneous dials the offer of the greater peer id wins, at both ends.
 */
export class Rendezvous {
  readonly #context: SwarmContext;
  readonly #attempts = new Map<PeerId, Attempt>();
  readonly #seenOffers = new Set<string>();

  constructor(context: SwarmContext) {
    this.#context = context;
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

  get opening(): number {
    return [...this.#attempts.values()].filter((attempt) => !attempt.opened).length;
  }

  /** False when the page has no connection to spare. */
  dial(peer: PeerId): boolean {
    return this.#begin(peer, 'initiator', this.#context.random.bytes(OFFER_ID));
  }

  /** Our side has something to tell the other. */
  localSignal(peer: PeerId, lane: Lane, signal: Signal): void {
    const attempt = this.#attempts.get(peer);
    if (attempt === undefined) return;
    const { crypto, random, keys, infoHash, peerId } = this.#context;
    const address = { infoHash, from: peerId, to: peer, offerId: attempt.offerId };
    const sealed = sealSignal(crypto, random, keys.signal, address, { lane, signal });
    this.#context.emit({ type: 'relay', to: peer, sealed });
  }

  /** Takes what was relayed to us. What does not open, or fits no offer, is dropped without an answer. */
  sealedSignal(from: PeerId, sealed: Bytes): void {
    const { crypto, keys, infoHash, peerId } = this.#context;
    if (from === peerId) return;
    const result = openSignal(crypto, keys.signal, { infoHash, from, to: peerId }, sealed);
    if (result.type !== 'signal' || result.lane !== 0) return;
    if (result.signal.type === 'offer') this.#offered(from, result.offerId, result.signal);
    else this.#continued(from, result.offerId, result.signal);
  }

  opened(peer: PeerId): Role | undefined {
    const attempt = this.#attempts.get(peer);
    if (attempt === undefined) return undefined;
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
      .filter(([, attempt]) => !attempt.opened && now - attempt.since > ATTEMPT_TIMEOUT)
      .map(([peer]) => peer);
  }

  #offered(from: PeerId, offerId: Bytes, signal: Signal): void {
    if (!this.#firstSight(from, offerId)) return;
    const present = this.#attempts.get(from);
    if (present?.role === 'initiator' && !present.opened && this.#context.peerId > from) return;
    if (present !== undefined) this.#context.drop(from, 'replaced');
    if (!this.#begin(from, 'responder', offerId)) return;
    this.#context.emit({ type: 'signal', peer: from, lane: 0, signal });
  }

  #continued(from: PeerId, offerId: Bytes, signal: Signal): void {
    const attempt = this.#attempts.get(from);
    if (attempt === undefined || toHex(attempt.offerId) !== toHex(offerId)) return;
    if (signal.type === 'answer' && (attempt.role !== 'initiator' || attempt.opened)) return;
    this.#context.emit({ type: 'signal', peer: from, lane: 0, signal });
  }

  #begin(peer: PeerId, role: Role, offerId: Bytes): boolean {
    if (this.opening >= MAX_ATTEMPTS || !this.#context.budget.take()) return false;
    this.#attempts.set(peer, { role, offerId, since: this.#context.now, opened: false });
    this.#context.emit({ type: 'open', peer, lane: 0, role });
    return true;
  }

  /** An offer id is accepted once per sender: a replayed offer opens nothing. */
  #firstSight(from: PeerId, offerId: Bytes): boolean {
    const key = `${from}${toHex(offerId)}`;
    if (this.#seenOffers.has(key)) return false;
    const [oldest] = this.#seenOffers;
    if (this.#seenOffers.size >= MAX_SEEN_OFFERS && oldest !== undefined) this.#seenOffers.delete(oldest);
    this.#seenOffers.add(key);
    return true;
  }
}
