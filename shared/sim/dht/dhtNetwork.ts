import { pick } from '../../src/base/random.ts';
import { SECOND, type Time } from '../../src/base/time.ts';
import type { DhtCrypto, Identity } from '../../src/dht/identity.ts';
import { contactOf } from '../../src/dht/contact.ts';
import { newIdentity } from '../../src/dht/identity.ts';
import type { Purpose } from '../../src/dht/link.ts';
import type { DhtMessage } from '../../src/dht/message.ts';
import type { NodeId } from '../../src/dht/nodeId.ts';
import { World } from '../world.ts';
import { groundSecret, simCrypto } from './simCrypto.ts';
import { SimNode } from './simNode.ts';
import type { SimLine, SimPage, Surroundings } from './surroundings.ts';

/** Milliseconds one way, between any two. */
const LATENCY = { least: 20, most: 300 };
/** Pairs that cannot connect. */
const UNREACHABLE = 0.1;
/** A first contact's dial goes by other ways, and takes as long as any. */
const DIAL_ROUND_TRIPS = 4;
/** Any day will do. */
const EPOCH = 1_800_000_000 * SECOND;

/** Who looks at every message. */
export type Tap = (from: SimPage, to: SimPage, message: DhtMessage) => void;

/** Makes a node. */
export type NodeMaker = (network: DhtNetwork, number: number, identity: Identity) => SimNode;

const honest: NodeMaker = (network, number, identity) => new SimNode(network, number, identity);

/** A world of pages, each with a node, in which any two have a latency and most can connect. */
export class DhtNetwork implements Surroundings {
  readonly world: World;
  readonly crypto: DhtCrypto;
  /** Those present, in order of their coming. */
  readonly nodes = new Set<SimNode>();
  readonly #byId = new Map<NodeId, SimNode>();
  tap: Tap | undefined;
  /** Whether a message from one to the other arrives: a partition says no. */
  passes: (from: SimPage, to: SimPage) => boolean = () => true;
  /** There is something like a tracker, for who is lonely. */
  hasOtherWays = true;
  #made = 0;

  constructor(seed: number, crypto: DhtCrypto = simCrypto) {
    this.world = new World(seed);
    this.crypto = crypto;
  }

  get wall(): Time {
    return EPOCH + this.world.now;
  }

  add(make: NodeMaker = honest, identity = newIdentity(this.crypto, this.world.random)): SimNode {
    const node = make(this, this.#made++, identity);
    this.nodes.add(node);
    this.#byId.set(node.node.self.id, node);
    return node;
  }

  /** A node whose key was ground until its id was that one. */
  addAt(id: Uint8Array, make: NodeMaker = honest): SimNode {
    const secret = groundSecret(id);
    return this.add(make, { secret, ...contactOf(this.crypto, this.crypto.publicKeyOf(secret)) });
  }

  find(id: NodeId): SimNode | undefined {
    return this.#byId.get(id);
  }

  left({ node: { self } }: SimPage): void {
    const node = this.#byId.get(self.id);
    if (node !== undefined) this.nodes.delete(node);
    this.#byId.delete(self.id);
  }

  latency(a: SimPage, b: SimPage): number {
    return LATENCY.least + this.#chance(a, b, 1) * (LATENCY.most - LATENCY.least);
  }

  canConnect(a: SimPage, b: SimPage): boolean {
    return this.#chance(a, b, 2) >= UNREACHABLE && this.passes(a, b);
  }

  /** Dials whoever is the first contact, found by an invitation, a tracker or another tab. */
  meet(newcomer: SimPage, contact: SimPage, purpose: Purpose = 'entry'): void {
    this.world.after(DIAL_ROUND_TRIPS * 2 * this.latency(newcomer, contact), () =>
      this.join(newcomer, contact, purpose),
    );
  }

  /** A lonely node finds another first contact, as by a tracker, if there are any ways beside the overlay. */
  introduce(node: SimPage): void {
    const others = [...this.nodes].filter((other) => other !== node && this.canConnect(node, other));
    const contact = this.hasOtherWays ? pick(this.world.random, others) : undefined;
    if (contact !== undefined) this.meet(node, contact);
  }

  /** Opens a connection; false when one of them is gone. */
  join(initiator: SimPage, responder: SimPage, purpose: Purpose = 'link'): boolean {
    if (!initiator.present || !responder.present || !this.passes(initiator, responder)) return false;
    const latency = this.latency(initiator, responder);
    const [ours, theirs] = [initiator.newKey(), responder.newKey()];
    responder.opened(theirs, { other: initiator, theirs: ours, latency }, 'responder', purpose);
    initiator.opened(ours, { other: responder, theirs, latency }, 'initiator', purpose);
    return true;
  }

  carry(from: SimPage, { other, theirs, latency }: SimLine, message: DhtMessage): void {
    if (!this.passes(from, other)) return;
    this.tap?.(from, other, message);
    this.world.after(latency, () => other.received(theirs, message));
  }

  run(duration: number): void {
    this.world.run(this.world.now + duration, () => false);
  }

  /** The same for a pair in either order, and in every run of a seed. */
  #chance(a: SimPage, b: SimPage, what: number): number {
    const [low, high] = a.number < b.number ? [a.number, b.number] : [b.number, a.number];
    let mixed =
      Math.imul(low ^ Math.imul(this.world.seed, 0x9e3779b1), 0x85ebca6b) ^ Math.imul(high, 0xc2b2ae35);
    mixed = Math.imul(mixed ^ (mixed >>> 15) ^ Math.imul(what, 0x27d4eb2f), 0x2c1b3c6d);
    mixed = Math.imul(mixed ^ (mixed >>> 12), 0x297a2d39);
    return ((mixed ^ (mixed >>> 15)) >>> 0) / 2 ** 32;
  }
}
