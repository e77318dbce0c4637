import { SECOND, type Time } from './time.ts';

/** Peers that one message tells of, as many come and as many gone. */
export const MAX_TOLD = 50;

/** What the exchange does with one peer at a time. */
export interface ExchangePace {
  /** Peers told at first. */
  readonly first: number;
  /** Peers told at a time, later. */
  readonly step: number;
  /** Milliseconds between two messages to one peer, at least. */
  readonly interval: number;
}

/** News for one peer. */
export interface News<Id> {
  readonly added: readonly Id[];
  readonly dropped: readonly Id[];
}

interface Listener<Id> {
  readonly told: Set<Id>;
  notBefore: Time;
  heard: number;
  heardSince: Time;
}

/** Peers that one peer may tell us of in so much time: what is beyond is not listened to. */
const HEARD_INTERVAL = 60 * SECOND;
const MAX_HEARD = 2 * MAX_TOLD;

/**
 * Whom to tell of whom, in small steps, and how much to listen to: between links of the DHT as between members of a
 * swarm. Knows nothing of what a peer is.
 */
export class PeerExchange<Id> {
  readonly #pace: ExchangePace;
  readonly #listeners = new Map<Id, Listener<Id>>();

  constructor(pace: ExchangePace) {
    this.#pace = pace;
  }

  connected(peer: Id, now: Time): void {
    this.#listeners.set(peer, { told: new Set(), notBefore: now, heard: 0, heardSince: now });
  }

  left(peer: Id): void {
    this.#listeners.delete(peer);
  }

  /** Whether it is the peer's turn. */
  isDue(peer: Id, now: Time): boolean {
    const listener = this.#listeners.get(peer);
    return listener !== undefined && listener.notBefore <= now;
  }

  /** @param worthTelling whom the peer should know, those who matter most first. @param connected who still is. */
  news(
    peer: Id,
    now: Time,
    worthTelling: readonly Id[],
    connected: (id: Id) => boolean,
  ): News<Id> | undefined {
    const listener = this.#listeners.get(peer);
    if (listener === undefined || listener.notBefore > now) return undefined;
    const { told } = listener;
    const most = told.size === 0 ? this.#pace.first : this.#pace.step;
    const dropped = [...told].filter((id) => !connected(id)).slice(0, MAX_TOLD);
    const added = worthTelling.slice(0, most).filter((id) => id !== peer && !told.has(id));
    if (added.length === 0 && dropped.length === 0) return undefined;
    listener.notBefore = now + this.#pace.interval;
    for (const id of dropped) told.delete(id);
    for (const id of added) told.add(id);
    return { added, dropped };
  }

  /** As many of those that the peer tells of as it may tell us of by now. */
  heard<T>(peer: Id, now: Time, added: readonly T[]): readonly T[] {
    const listener = this.#listeners.get(peer);
    if (listener === undefined) return [];
    if (now - listener.heardSince >= HEARD_INTERVAL) Object.assign(listener, { heard: 0, heardSince: now });
    const taken = added.slice(0, MAX_HEARD - listener.heard);
    listener.heard += taken.length;
    return taken;
  }
}
