import type { Bytes } from '../src/base/bytes.ts';
import type { PeerId } from '../src/base/ids.ts';
import { shuffle } from '../src/base/random.ts';
import { SECOND, type Time } from '../src/base/time.ts';
import type { AnnounceEvent, AnnounceResult } from '../src/host/ports.ts';
import type { Introduced, SwarmInput } from '../src/swarm/io.ts';
import type { World } from './world.ts';

const LEAST_INTERVAL = 30 * SECOND;
const MOST_INTERVAL = 120 * SECOND;
const SMALL = 100;
const LARGE = 1000;
/** Who has not announced for so many intervals is forgotten. */
const SILENCE = 2.5;

/** Somebody the tracker may come to know. */
export interface Announcing extends Introduced {
  /** Milliseconds to the tracker. */
  readonly latency: Time;
  /** Members to be introduced at a time. */
  readonly wanted: number;
  /** Whether the network lets it and the tracker hear of each other. */
  readonly reachesTracker: boolean;
  feed(input: SwarmInput): void;
  /** The tracker has gone down. */
  trackerLost(): void;
}

interface Membership {
  readonly member: Announcing;
  readonly deadline: Time;
}

/**
 * Knows who is there and relays what they seal for each other, at the intervals and with the patience of the real one.
 * It may go down, and has forgotten everybody when it is up again.
 */
export class SimTracker {
  readonly #world: World;
  readonly #members = new Map<PeerId, Membership>();
  #down = false;

  constructor(world: World) {
    this.#world = world;
  }

  get down(): boolean {
    return this.#down;
  }

  goDown(): void {
    this.#down = true;
    this.#world.trace?.(this.#world.now, { type: 'tracker', state: 'down' });
    const members = [...this.#members.values()];
    this.#members.clear();
    for (const { member } of members) if (member.reachesTracker) member.trackerLost();
  }

  comeUp(): void {
    this.#down = false;
    this.#world.trace?.(this.#world.now, { type: 'tracker', state: 'up' });
  }

  /** No answer comes while it is down or out of reach. */
  announce(member: Announcing, event: AnnounceEvent, answered: (result: AnnounceResult) => void): void {
    this.#world.after(member.latency, () => {
      if (this.#down || !member.reachesTracker) return;
      const result = event === 'stopped' ? this.#stop(member) : this.#join(member);
      this.#world.after(member.latency, () => {
        if (member.reachesTracker) answered(result);
      });
    });
  }

  /** The connection is lost: nobody is told of this peer any more. */
  forget(peer: PeerId): void {
    this.#members.delete(peer);
  }

  relay(from: Announcing, to: PeerId, sealed: Bytes): void {
    this.#world.after(from.latency, () => {
      const receiver = this.#members.get(to)?.member;
      if (receiver === undefined || !this.#members.has(from.peerId) || !from.reachesTracker) return;
      this.#world.after(receiver.latency, () => {
        if (receiver.reachesTracker) receiver.feed({ type: 'sealedSignal', from: from.peerId, sealed });
      });
    });
  }

  #join(member: Announcing): AnnounceResult {
    const { now } = this.#world;
    this.#members.delete(member.peerId);
    this.#members.set(member.peerId, { member, deadline: now + SILENCE * this.#interval });
    for (const [peer, { deadline }] of this.#members) if (deadline <= now) this.#members.delete(peer);
    return this.#answer(this.#othersFor(member));
  }

  #stop(member: Announcing): AnnounceResult {
    this.forget(member.peerId);
    return this.#answer([]);
  }

  #answer(members: readonly Announcing[]): AnnounceResult {
    return {
      type: 'announced',
      members: members.map(({ peerId, check }) => ({ peerId, check, seeder: false })),
      seeders: 0,
      leechers: this.#members.size,
      interval: this.#interval,
    };
  }

  #othersFor({ peerId, wanted }: Announcing): Announcing[] {
    const others = [...this.#members.values()].map(({ member }) => member);
    return shuffle(
      this.#world.random,
      others.filter((other) => other.peerId !== peerId),
    ).slice(0, wanted);
  }

  get #interval(): Time {
    const crowd = Math.min(Math.max((this.#members.size - SMALL) / (LARGE - SMALL), 0), 1);
    return LEAST_INTERVAL + crowd * (MOST_INTERVAL - LEAST_INTERVAL);
  }
}
