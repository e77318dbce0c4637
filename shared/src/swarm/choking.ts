import type { Time } from '../base/time.ts';
import { RECHOKE_INTERVAL } from './choker.ts';
import type { SwarmContext } from './context.ts';
import type { Peer } from './peer.ts';
import { Slots } from './slots.ts';

export interface ChokingEvents {
  /** A round begins. */
  begins(): void;
  /** Whether we have everything, and so choose by what we send. */
  seeding(): boolean;
  /** Nothing is on its way out, and nobody who may has asked for anything. */
  idle(): boolean;
  /** The peer has just been unchoked. */
  unchoked(peer: Peer): void;
  /** The peer has just been choked: its requests end. */
  choked(peer: Peer): void;
}

/** Carries out what the choke policy decides, and tells the peers. */
export class Choking {
  readonly #context: SwarmContext;
  readonly #events: ChokingEvents;
  readonly #slots = new Slots();
  #nextAt: Time = Number.NEGATIVE_INFINITY;

  constructor(context: SwarmContext, events: ChokingEvents) {
    this.#context = context;
    this.#events = events;
  }

  /** Nobody could give anything meanwhile: the round begins anew. */
  woke(): void {
    this.#nextAt = this.#context.now + RECHOKE_INTERVAL;
  }

  tick(): void {
    if (this.#context.now >= this.#nextAt) this.#rechoke();
    else if (this.#events.idle()) this.#widen();
  }

  /** The peer has just become interested: no need to wait for the next round when a slot is free. */
  interested(peer: Peer): void {
    const { now, peers, policies } = this.#context;
    if (peer.choked && policies.choke.unchokeAtOnce(now, peer, peers.values())) this.#unchoke(peer);
  }

  #rechoke(): void {
    const { now, peers, policies } = this.#context;
    this.#nextAt = now + RECHOKE_INTERVAL;
    this.#slots.settle();
    this.#events.begins();
    const seeding = this.#events.seeding();
    const unchoked = policies.choke.rechoke(now, [...peers.values()], seeding, this.#slotsFor(seeding));
    // What a seeder has named to those who go is for those who come.
    for (const peer of peers.values()) if (!unchoked.has(peer.id)) this.#choke(peer);
    for (const peer of peers.values()) if (unchoked.has(peer.id)) this.#unchoke(peer);
  }

  #slotsFor(seeding: boolean): number {
    if (!seeding) return this.#slots.leeching;
    const empty = [...this.#context.peers.values()].filter((peer) => peer.interested && peer.empty);
    return this.#slots.seeding(empty.length);
  }

  #widen(): void {
    const { now, peers, policies } = this.#context;
    for (let more = this.#slots.widen(); more > 0; more--) {
      const id = policies.choke.unchokeAnother?.(now, [...peers.values()]);
      const peer = id === undefined ? undefined : peers.get(id);
      if (peer !== undefined) this.#unchoke(peer);
    }
  }

  #unchoke(peer: Peer): void {
    if (!peer.choked) return;
    peer.choked = false;
    peer.send({ type: 'unchoke' });
    this.#events.unchoked(peer);
  }

  #choke(peer: Peer): void {
    if (peer.choked) return;
    peer.choked = true;
    peer.send({ type: 'choke' });
    this.#events.choked(peer);
  }
}
