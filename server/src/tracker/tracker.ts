import type { InfoHash, PeerId } from '@shoal/shared/base/ids.ts';
import type { Random } from '@shoal/shared/base/random.ts';
import { MINUTE, type Time } from '@shoal/shared/base/time.ts';
import { MAX_MEMBERS } from '@shoal/shared/tracker/limit.ts';
import type {
  AnnounceReply,
  ParsedAnnounce,
  ScrapeReply,
  SignalPayload,
} from '@shoal/shared/tracker/payload.ts';
import { type Connection, type Membership, Swarm } from './swarm.ts';

export interface TrackerWorld {
  now(): Time;
  readonly random: Random;
  /** Hands a signal to a client. */
  send(connection: Connection, signal: SignalPayload): void;
}

export interface TrackerLimits {
  /** Swarms that one connection may be a member of. */
  readonly swarmsPerConnection: number;
  /** Memberships in all swarms together. */
  readonly memberships: number;
}

/** What became of a signal. */
export type Relayed = 'relayed' | 'sender-not-member' | 'receiver-not-member';

const LIMITS: TrackerLimits = { swarmsPerConnection: 256, memberships: 500_000 };
/** In announce intervals. */
const SILENCE = 2.5;
/** How long an id waits for its owner to come back after a lost connection. */
const ABSENCE = MINUTE;

/**
 * Who is in which swarm, and the relay between them. It knows no socket, no clock and nothing of what is shared. A
 * connection is at most one member of a swarm; a peer id belongs to the token it was first announced with.
 */
export class Tracker {
  readonly #swarms = new Map<InfoHash, Swarm>();
  readonly #joined = new Map<Connection, Map<InfoHash, PeerId>>();
  readonly #world: TrackerWorld;
  readonly #limits: TrackerLimits;
  #memberships = 0;

  constructor(world: TrackerWorld, limits = LIMITS) {
    this.#world = world;
    this.#limits = limits;
  }

  get swarms(): number {
    return this.#swarms.size;
  }

  /** Ids bound in all swarms. */
  get memberships(): number {
    return this.#memberships;
  }

  /** Of those present. Looks at every swarm. */
  census(): { swarms: number; seeders: number; leechers: number } {
    let [seeders, leechers] = [0, 0];
    for (const swarm of this.#swarms.values()) {
      seeders += swarm.seeders;
      leechers += swarm.leechers;
    }
    return { swarms: this.#swarms.size, seeders, leechers };
  }

  announce(connection: Connection, announce: ParsedAnnounce): AnnounceReply {
    const { infoHash, peerId, token } = announce;
    if (this.#swarms.get(infoHash)?.bars(peerId, token)) return { type: 'id-taken' };
    if (announce.event === 'stopped') return this.#stop(infoHash, peerId);
    const refusal = this.#refusal(connection, infoHash, peerId);
    if (refusal !== undefined) return { type: 'refused', reason: refusal };
    return this.#answer(this.#join(connection, announce), announce);
  }

  scrape(infoHashes: readonly InfoHash[]): ScrapeReply {
    const swarms = infoHashes.map((infoHash) => {
      const swarm = this.#swarms.get(infoHash);
      return { infoHash, seeders: swarm?.seeders ?? 0, leechers: swarm?.leechers ?? 0 };
    });
    return { type: 'scraped', swarms };
  }

  /** Passes a sealed signal on, from a member on its own connection to another member of the same swarm. */
  relay(connection: Connection, signal: SignalPayload): Relayed {
    const { infoHash, from, to } = signal;
    if (this.#joined.get(connection)?.get(infoHash) !== from) return 'sender-not-member';
    const receiver = this.#swarms.get(infoHash)?.get(to)?.connection;
    if (receiver === undefined || to === from) return 'receiver-not-member';
    this.#world.send(receiver, signal);
    return 'relayed';
  }

  /** The connection is lost. Its ids stay bound for a minute, so that their owner can take them over. */
  closed(connection: Connection): void {
    const deadline = this.#world.now() + ABSENCE;
    for (const [infoHash, peerId] of this.#joined.get(connection) ?? []) {
      const swarm = this.#swarms.get(infoHash);
      const member = swarm?.get(peerId);
      if (member) swarm?.put({ ...member, connection: undefined, deadline });
    }
    this.#joined.delete(connection);
  }

  /** Forgets those who have been silent for too long. To be called every few seconds. */
  expire(): void {
    const now = this.#world.now();
    for (const [infoHash, swarm] of this.#swarms)
      for (const { peerId, deadline } of swarm.members()) if (deadline <= now) this.#leave(infoHash, peerId);
  }

  #refusal(connection: Connection, infoHash: InfoHash, peerId: PeerId): string | undefined {
    const joined = this.#joined.get(connection);
    if (!joined?.has(infoHash) && (joined?.size ?? 0) >= this.#limits.swarmsPerConnection)
      return `at most ${this.#limits.swarmsPerConnection} swarms a connection`;
    const known = this.#swarms.get(infoHash)?.get(peerId) !== undefined;
    if (!known && this.#memberships >= this.#limits.memberships) return 'the tracker is full';
    return undefined;
  }

  #join(connection: Connection, { infoHash, peerId, token, check, seeder }: ParsedAnnounce): Swarm {
    this.#leave(infoHash, peerId);
    const former = this.#joined.get(connection)?.get(infoHash);
    if (former !== undefined) this.#leave(infoHash, former);
    const swarm = this.#swarms.get(infoHash) ?? new Swarm();
    const deadline = this.#world.now() + SILENCE * swarm.interval;
    this.#enter(infoHash, swarm, { peerId, token, check, seeder, connection, deadline });
    this.#joinedBy(connection).set(infoHash, peerId);
    return swarm;
  }

  #answer(swarm: Swarm, { peerId, wanted }: ParsedAnnounce): AnnounceReply {
    const { seeders, leechers, interval } = swarm;
    const members = swarm.others(peerId, Math.min(wanted, MAX_MEMBERS), this.#world.random);
    return { type: 'announced', members, seeders, leechers, interval };
  }

  #stop(infoHash: InfoHash, peerId: PeerId): AnnounceReply {
    this.#leave(infoHash, peerId);
    const { seeders, leechers, interval } = this.#swarms.get(infoHash) ?? new Swarm();
    return { type: 'announced', members: [], seeders, leechers, interval };
  }

  #enter(infoHash: InfoHash, swarm: Swarm, member: Membership): void {
    swarm.put(member);
    this.#swarms.set(infoHash, swarm);
    this.#memberships++;
  }

  #leave(infoHash: InfoHash, peerId: PeerId): void {
    const swarm = this.#swarms.get(infoHash);
    const member = swarm?.get(peerId);
    if (swarm === undefined || member === undefined) return;
    swarm.remove(peerId);
    this.#memberships--;
    if (swarm.size === 0) this.#swarms.delete(infoHash);
    if (member.connection !== undefined) this.#forget(member.connection, infoHash);
  }

  #forget(connection: Connection, infoHash: InfoHash): void {
    const joined = this.#joined.get(connection);
    joined?.delete(infoHash);
    if (joined?.size === 0) this.#joined.delete(connection);
  }

  #joinedBy(connection: Connection): Map<InfoHash, PeerId> {
    const joined = this.#joined.get(connection) ?? new Map<InfoHash, PeerId>();
    this.#joined.set(connection, joined);
    return joined;
  }
}
