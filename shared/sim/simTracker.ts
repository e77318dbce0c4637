import type { Bytes } from '../src/base/bytes.ts';
import type { PeerId } from '../src/base/ids.ts';
import { shuffle } from '../src/base/random.ts';
import { SECOND } from '../src/base/time.ts';
import type { Introduced, SwarmInput } from '../src/swarm/io.ts';
import type { World } from './world.ts';

/** As the real one tells its clients. */
export const ANNOUNCE_INTERVAL = 60 * SECOND;

const WANTED = 50;

/** Somebody the tracker knows. */
export interface Announcing extends Introduced {
  /** Milliseconds to the tracker. */
  readonly latency: number;
  feed(input: SwarmInput): void;
}

/** Knows who is there and relays what they seal for each other. It may be down, and is asked in vain then. */
export class SimTracker {
  readonly #world: World;
  readonly #members = new Map<PeerId, Announcing>();
  down = false;

  constructor(world: World) {
    this.#world = world;
  }

  announce(member: Announcing): void {
    this.#world.after(member.latency, () => {
      if (this.down) return;
      this.#members.set(member.peerId, member);
      const others = [...this.#members.values()].filter((other) => other.peerId !== member.peerId);
      const members = shuffle(this.#world.random, others)
        .slice(0, WANTED)
        .map(({ peerId, check }) => ({ peerId, check }));
      this.#world.after(member.latency, () => member.feed({ type: 'introduced', members }));
    });
  }

  leave(peer: PeerId): void {
    this.#members.delete(peer);
  }

  relay(from: Announcing, to: PeerId, sealed: Bytes): void {
    const receiver = this.#members.get(to);
    if (this.down || receiver === undefined) return;
    this.#world.after(from.latency + receiver.latency, () =>
      receiver.feed({ type: 'sealedSignal', from: from.peerId, sealed }),
    );
  }
}
