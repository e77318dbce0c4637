import type { Bytes } from '../src/base/bytes.ts';
import type { PeerId } from '../src/base/ids.ts';
import type { Time } from '../src/base/time.ts';
import type { Introduced, SwarmInput } from '../src/swarm/io.ts';
import type { World } from './world.ts';

/** Somebody who may be known without the tracker. */
export interface Invited extends Introduced {
  /** Milliseconds to the middle of the network. */
  readonly latency: Time;
  feed(input: SwarmInput): void;
}

/** Whom a peer knows without the tracker, as by codes that people pass on. */
export class Invitations {
  readonly #world: World;
  readonly #self: Invited;
  readonly #known = new Map<PeerId, Invited>();

  constructor(world: World, self: Invited) {
    this.#world = world;
    this.#self = self;
  }

  add(other: Invited): void {
    this.#known.set(other.peerId, other);
    this.#self.feed({ type: 'introduced', members: [other], by: 'overlay' });
  }

  relay(to: PeerId, sealed: Bytes): void {
    const other = this.#known.get(to);
    if (other === undefined) return;
    const { peerId: from, latency } = this.#self;
    this.#world.after(latency + other.latency, () =>
      other.feed({ type: 'sealedSignal', from, sealed, by: 'overlay' }),
    );
  }
}
