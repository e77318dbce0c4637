import type { Bytes } from '../src/base/bytes.ts';
import type { PeerId } from '../src/base/ids.ts';
import type { Random } from '../src/base/random.ts';
import { SECOND, type Time } from '../src/base/time.ts';
import { Announcer } from '../src/host/announcer.ts';
import type { AnnounceResult } from '../src/host/ports.ts';
import type { SwarmInput } from '../src/swarm/io.ts';
import type { Surroundings } from './peerTraits.ts';
import type { SimSelf } from './simSelf.ts';
import type { Announcing } from './simTracker.ts';
import { TrackerLine } from './trackerLine.ts';

const MEMBERS_WANTED = 50;
/** The tracker's server takes a connection for lost that has been silent for so long. */
const SOCKET_SILENCE = 30 * SECOND;

export interface TrackerMemberOptions {
  readonly random: Random;
  /** Nobody is connected and somebody is needed. */
  readonly lonely: () => boolean;
  readonly feed: (input: SwarmInput) => void;
}

/** A simulated peer as the tracker knows it: what it has the tracker hear, and what it hears from there. */
export class TrackerMember implements Announcing {
  readonly peerId: PeerId;
  readonly check: string;
  readonly latency: Time;
  readonly wanted: number;
  readonly #surroundings: Surroundings;
  readonly #name: string;
  readonly #feed: (input: SwarmInput) => void;
  readonly #line: TrackerLine;
  readonly #announcer: Announcer;
  #reachable = true;

  constructor(surroundings: Surroundings, self: SimSelf, options: TrackerMemberOptions) {
    const { peer, traits, rival, clock } = self;
    const { random, lonely, feed } = options;
    this.#surroundings = surroundings;
    this.#name = peer.name;
    this.#feed = feed;
    this.peerId = peer.peerId;
    this.check = peer.check;
    this.latency = traits.latency;
    this.wanted = rival.view ?? MEMBERS_WANTED;
    const { tracker } = surroundings;
    const reconnected = () => {
      this.feed({ type: 'trackerConnected' });
      this.reconnected();
    };
    this.#line = new TrackerLine({ tracker, clock, random, member: this, reconnected });
    this.#announcer = new Announcer({
      clock,
      random,
      announce: (event, answered) => this.#line.announce(event, answered),
      lonely,
      heard: (result) => this.#heard(result),
    });
  }

  get reachesTracker(): boolean {
    return this.#surroundings.network.reachesTracker(this.#name);
  }

  feed(input: SwarmInput): void {
    this.#feed(input);
  }

  start(): void {
    this.#announcer.start();
  }

  completed(): void {
    this.#announcer.completed();
  }

  /** It may have been forgotten. */
  reconnected(): void {
    this.#announcer.reconnected();
  }

  /** At once: what is open may lead nowhere. */
  reconnect(): void {
    this.#line.reconnect();
  }

  relay(to: PeerId, sealed: Bytes): void {
    this.#line.relay(to, sealed);
  }

  trackerLost(): void {
    this.#line.lost();
    this.#trackerIs(false);
  }

  /** Says goodbye. */
  stop(): void {
    this.#announcer.stop();
  }

  /** @param still asked when the tracker would forget it. */
  fallSilent(still: () => boolean): void {
    const { world, tracker } = this.#surroundings;
    world.after(SOCKET_SILENCE, () => {
      if (still()) tracker.forget(this.peerId);
    });
  }

  /** Nothing comes of anything any more. */
  close(): void {
    this.#line.close();
  }

  #heard(result: AnnounceResult): void {
    this.#trackerIs(result.type !== 'unreachable');
    if (result.type === 'announced') this.feed({ type: 'introduced', members: result.members });
  }

  #trackerIs(reachable: boolean): void {
    if (reachable === this.#reachable) return;
    this.#reachable = reachable;
    this.feed({ type: 'tracker', reachable });
  }
}
