import type { Bytes } from '../base/bytes.ts';
import type { PeerId } from '../base/ids.ts';
import type { Lane, SwarmInput } from '../swarm/io.ts';
import type { Signal } from '../wire/signal.ts';
import type { Fingerprints, PeerKey, Route } from './ports.ts';
import type { ConnectionOwner, Surroundings } from './surroundings.ts';

type Role = 'initiator' | 'responder';

/** A peer's connections, as the Transport knows them. */
interface Links {
  readonly key: PeerKey;
  /** Of lane 0. */
  readonly role: Role;
  readonly lanes: Set<Lane>;
  /** Of lane 0, once it is open. */
  fingerprints?: Fingerprints;
  route?: Route['type'];
}

/** Takes what becomes of a swarm's connections. */
export interface PeerConnectionsEvents {
  readonly feed: (input: SwarmInput) => void;
  routeFound(): void;
  /** Lane 0 is gone, and with it the peer. */
  lost(peer: PeerId): void;
}

/** One swarm's connections on the Transport: by peer and lane there, by number here. */
export class PeerConnections {
  readonly #surroundings: Pick<Surroundings, 'directory' | 'transport' | 'ice'>;
  readonly #events: PeerConnectionsEvents;
  readonly #peers = new Map<PeerId, Links>();

  constructor(
    surroundings: Pick<Surroundings, 'directory' | 'transport' | 'ice'>,
    events: PeerConnectionsEvents,
  ) {
    this.#surroundings = surroundings;
    this.#events = events;
  }

  routeOf(peer: PeerId): Route['type'] | 'unknown' {
    return this.#peers.get(peer)?.route ?? 'unknown';
  }

  /** How lane 0 came about; nothing when it is not open. */
  connectionTo(peer: PeerId): { readonly role: Role; readonly fingerprints: Fingerprints } | undefined {
    const { role, fingerprints } = this.#peers.get(peer) ?? {};
    return role && fingerprints && { role, fingerprints };
  }

  open(peer: PeerId, lane: Lane, role: Role): void {
    if (lane === 0) {
      const key = this.#surroundings.directory.add(this.#ownerOf(peer));
      this.#peers.set(peer, { key, role, lanes: new Set() });
    }
    this.#with(peer, ({ key, lanes }) => {
      lanes.add(lane);
      this.#surroundings.transport.open(key, lane, role, this.#surroundings.ice());
    });
  }

  signal(peer: PeerId, lane: Lane, signal: Signal): void {
    this.#with(peer, ({ key }) => this.#surroundings.transport.signal(key, lane, signal));
  }

  send(peer: PeerId, lane: Lane, frames: readonly Bytes[]): void {
    this.#with(peer, ({ key }) => this.#surroundings.transport.send(key, lane, frames));
  }

  close(peer: PeerId, lane: Lane): void {
    this.#with(peer, (links) => {
      if (lane === 0) this.#forget(peer, links);
      else if (links.lanes.delete(lane)) this.#surroundings.transport.close(links.key, lane);
    });
  }

  closeAll(): void {
    for (const peer of [...this.#peers.keys()]) this.close(peer, 0);
  }

  #ownerOf(peer: PeerId): ConnectionOwner {
    const { feed } = this.#events;
    return {
      signalled: (lane, signal) => feed({ type: 'localSignal', peer, lane, signal }),
      opened: (lane, fingerprints) => {
        if (lane === 0) this.#with(peer, (links) => (links.fingerprints = fingerprints));
        feed({ type: 'opened', peer, lane, fingerprints });
      },
      received: (lane, bytes) => feed({ type: 'received', peer, lane, bytes }),
      credited: (lane, bytes) => feed({ type: 'credit', peer, lane, bytes }),
      routeFound: ({ type, roundTrip }) => {
        this.#with(peer, (links) => (links.route = type));
        this.#events.routeFound();
        if (roundTrip !== undefined) feed({ type: 'reached', peer, roundTrip });
      },
      pathIs: (lane, state) => feed({ type: 'path', peer, lane, state }),
      closed: (lane) => this.#closed(peer, lane),
    };
  }

  #closed(peer: PeerId, lane: Lane): void {
    this.#with(peer, (links) => {
      links.lanes.delete(lane);
      if (lane === 0) this.#forget(peer, links);
    });
    this.#events.feed({ type: 'closed', peer, lane });
  }

  /** Losing lane 0 ends the peer, and all its lanes with it. */
  #forget(peer: PeerId, { key, lanes }: Links): void {
    this.#peers.delete(peer);
    this.#surroundings.directory.remove(key);
    for (const lane of lanes) this.#surroundings.transport.close(key, lane);
    this.#events.lost(peer);
  }

  #with(peer: PeerId, use: (links: Links) => void): void {
    const links = this.#peers.get(peer);
    if (links !== undefined) use(links);
  }
}
