import type { Bytes } from '../../base/bytes.ts';
import type { InfoHash, PeerId } from '../../base/ids.ts';
import { SECOND } from '../../base/time.ts';
import type { Announce, AnnounceResult, Clock, TrackerConnection, TrackerEvents } from '../../host/ports.ts';

const LATENCY = 5;
const RETURN = SECOND;
const INTERVAL = 30 * SECOND;

interface Membership extends Announce {
  readonly client: Client;
}

/** A tracker in memory, and the way to it: everything takes a few milliseconds. */
export class MemoryTracker {
  readonly clock: Clock;
  /** Set: every announce is refused for this reason. */
  refusal: string | undefined;
  /** Set: every id is somebody else's. */
  idsTaken = false;
  #down = false;
  readonly #clients = new Set<Client>();
  readonly #swarms = new Map<InfoHash, Map<PeerId, Membership>>();

  constructor(clock: Clock) {
    this.clock = clock;
  }

  connect(events: TrackerEvents): TrackerConnection {
    const client = new Client(this, events);
    this.#clients.add(client);
    client.connectAfter(0);
    return client;
  }

  /** Nobody reaches it any more. */
  get down(): boolean {
    return this.#down;
  }

  /** Every connection is lost, for good. */
  goDown(): void {
    this.#down = true;
    this.cut();
  }

  /** Every connection is lost; all come back after a second. */
  cut(): void {
    for (const client of this.#clients) client.lose();
  }

  /** Ids announced in this swarm and not stopped. */
  members(infoHash: InfoHash): number {
    return this.#swarms.get(infoHash)?.size ?? 0;
  }

  forget(client: Client): void {
    this.#clients.delete(client);
    for (const swarm of this.#swarms.values())
      for (const member of swarm.values()) if (member.client === client) swarm.delete(member.peerId);
  }

  answer(client: Client, announce: Announce): AnnounceResult {
    const { infoHash, peerId, event, wanted } = announce;
    const swarm = this.#swarms.get(infoHash) ?? new Map<PeerId, Membership>();
    this.#swarms.set(infoHash, swarm);
    const holder = swarm.get(peerId)?.client;
    if (this.idsTaken || (holder !== undefined && holder !== client)) return { type: 'id-taken' };
    if (this.refusal !== undefined) return { type: 'refused', reason: this.refusal };
    if (event === 'stopped') swarm.delete(peerId);
    else swarm.set(peerId, { ...announce, client });
    const present = [...swarm.values()].filter(({ client: each }) => each.connected);
    const seeders = present.filter(({ seeder }) => seeder).length;
    const others = event === 'stopped' ? [] : present.filter((each) => each.peerId !== peerId);
    const members = others.slice(0, wanted).map((each) => ({
      peerId: each.peerId,
      check: each.check,
      seeder: each.seeder,
    }));
    return { type: 'announced', members, seeders, leechers: present.length - seeders, interval: INTERVAL };
  }

  relay(client: Client, infoHash: InfoHash, from: PeerId, to: PeerId, sealed: Bytes): void {
    const swarm = this.#swarms.get(infoHash);
    if (swarm?.get(from)?.client !== client) return;
    swarm.get(to)?.client.receive(infoHash, to, from, sealed);
  }
}

class Client implements TrackerConnection {
  connected = false;
  readonly #tracker: MemoryTracker;
  readonly #events: TrackerEvents;
  #closed = false;

  constructor(tracker: MemoryTracker, events: TrackerEvents) {
    this.#tracker = tracker;
    this.#events = events;
  }

  announce(announce: Announce): Promise<AnnounceResult> {
    if (!this.connected) return Promise.resolve({ type: 'unreachable' });
    return new Promise((resolve) => {
      this.#after(LATENCY, () => {
        const result: AnnounceResult = this.connected
          ? this.#tracker.answer(this, announce)
          : { type: 'unreachable' };
        this.#after(LATENCY, () => resolve(result));
      });
    });
  }

  signal(infoHash: InfoHash, from: PeerId, to: PeerId, sealed: Bytes): void {
    if (!this.connected) return;
    const copy = sealed.slice();
    this.#after(LATENCY, () => this.#tracker.relay(this, infoHash, from, to, copy));
  }

  receive(infoHash: InfoHash, to: PeerId, from: PeerId, sealed: Bytes): void {
    this.#after(LATENCY, () => {
      if (this.connected) this.#events.signalled(infoHash, to, from, sealed);
    });
  }

  close(): void {
    this.#closed = true;
    this.connected = false;
    this.#tracker.forget(this);
  }

  lose(): void {
    if (!this.connected) return;
    this.#disconnect(RETURN);
    this.connectAfter(RETURN);
  }

  reconnect(): void {
    if (this.#closed) return;
    if (this.connected) this.#disconnect(LATENCY);
    this.connectAfter(LATENCY);
  }

  connectAfter(delay: number): void {
    this.#after(delay, () => {
      if (this.#closed || this.connected) return;
      if (this.#tracker.down) return this.#events.disconnected(RETURN);
      this.connected = true;
      this.#events.connected([]);
    });
  }

  #disconnect(retryIn: number): void {
    this.connected = false;
    this.#events.disconnected(retryIn);
  }

  #after(delay: number, call: () => void): void {
    this.#tracker.clock.at(this.#tracker.clock.now() + delay, call);
  }
}
