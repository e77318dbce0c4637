import type { Bytes } from '../base/bytes.ts';
import type { PeerId } from '../base/ids.ts';
import { PeerExchange } from '../base/peerExchange.ts';
import { shuffle } from '../base/random.ts';
import { SECOND } from '../base/time.ts';
import { MAX_PASSED } from '../wire/limits.ts';
import { encodePeersMessage, type PeersMessage } from '../wire/peersMessage.ts';
import type { SwarmContext } from './context.ts';
import type { Peer } from './peer.ts';

const PACE = { first: 50, step: 16, interval: 15 * SECOND };
/** That one peer may say it is connected with; the oldest are forgotten. */
const MAX_CLAIMED = 100;
/** With so much waiting for a peer nothing is passed on to it. */
const MAX_BACKLOG = 256 * 1024;

/**
 * Peer exchange: connected peers tell each other in small steps with whom they are connected, and pass sealed signals
 * between them. What a peer tells is good for being dialled through that peer, and while it is connected.
 */
export class Acquaintances {
  readonly #context: SwarmContext;
  readonly #exchange = new PeerExchange<PeerId>(PACE);
  /** By whom of whom we are told. */
  readonly #claims = new Map<PeerId, Set<PeerId>>();
  /** To whom there may be something to tell. */
  readonly #due = new Set<Peer>();

  constructor(context: SwarmContext) {
    this.#context = context;
  }

  /** Peers that it runs with. */
  get size(): number {
    return this.#claims.size;
  }

  /** A peer has said which extensions it speaks; more than once, perhaps. */
  greeted(peer: Peer): void {
    if (peer.extensions?.peers === undefined || this.#claims.has(peer.id)) return;
    this.#claims.set(peer.id, new Set());
    this.#exchange.connected(peer.id, this.#context.now);
    this.#turned();
  }

  left(peer: Peer): void {
    if (!this.#claims.delete(peer.id)) return;
    this.#exchange.left(peer.id);
    this.#due.delete(peer);
    this.#turned();
  }

  /** Peers that say they are connected with that one. */
  tellersOf(id: PeerId): PeerId[] {
    return [...this.#claims].filter(([, claimed]) => claimed.has(id)).map(([teller]) => teller);
  }

  /** Somebody we are told of, as often by one teller as by another, however many each tells of. */
  next(isFree: (id: PeerId) => boolean, listensTo: (teller: PeerId) => boolean): PeerId | undefined {
    for (const [teller, claimed] of shuffle(this.#context.random, [...this.#claims])) {
      if (!listensTo(teller)) continue;
      for (const id of claimed) if (isFree(id)) return id;
    }
    return undefined;
  }

  tell(peer: Peer, { added, dropped }: PeersMessage & { type: 'peers' }): void {
    const claimed = this.#claims.get(peer.id);
    if (claimed === undefined) return;
    for (const id of dropped) claimed.delete(id);
    for (const id of this.#exchange.heard(peer.id, this.#context.now, added))
      if (id !== this.#context.peerId) claimed.add(id);
    for (const oldest of claimed) {
      if (claimed.size <= MAX_CLAIMED) break;
      claimed.delete(oldest);
    }
  }

  /** Asks a peer to pass a signal on. */
  signal(through: PeerId, to: PeerId, sealed: Bytes): void {
    if (sealed.length <= MAX_PASSED) this.#send(through, { type: 'pass', peer: to, sealed });
  }

  /** Passes on what a peer wants another to hear: lost when that one is not connected, or does not keep up. */
  pass(from: Peer, { peer: to, sealed }: PeersMessage & { type: 'pass' }): void {
    const behind = (this.#context.peers.get(to)?.credit(0) ?? 0) <= -MAX_BACKLOG;
    if (!behind && to !== from.id) this.#send(to, { type: 'passed', peer: from.id, sealed });
  }

  /** Now and then: tells whoever may be told again. */
  tick(): void {
    for (const peer of this.#due) {
      if (!this.#exchange.isDue(peer.id, this.#context.now)) continue;
      this.#due.delete(peer);
      const news = this.#exchange.news(peer.id, this.#context.now, this.#latest, (id) =>
        this.#claims.has(id),
      );
      if (news !== undefined) this.#send(peer.id, { type: 'peers', ...news });
    }
  }

  /** Who can be reached through us, those first who came last. */
  get #latest(): PeerId[] {
    return [...this.#claims.keys()].reverse();
  }

  #turned(): void {
    for (const id of this.#claims.keys()) {
      const peer = this.#context.peers.get(id);
      if (peer !== undefined) this.#due.add(peer);
    }
  }

  #send(to: PeerId, message: PeersMessage): void {
    const peer = this.#context.peers.get(to);
    const id = peer?.extensions?.peers;
    if (id !== undefined) peer?.send({ type: 'extended', id, payload: encodePeersMessage(message) });
  }
}
