import { infoHashOf, type PeerId, peerIdOf } from '../../src/base/ids.ts';
import { pick } from '../../src/base/random.ts';
import { SECOND, type Time } from '../../src/base/time.ts';
import type { Ending } from '../../src/dht/io.ts';
import { privateAddress, type ShareAddress } from '../../src/dht/shareAddress.ts';
import { DhtNetwork, type NodeMaker } from './dhtNetwork.ts';
import type { SimNode } from './simNode.ts';

/** A share, and who provides it. */
export interface SimShare {
  readonly address: ShareAddress;
  readonly providers: Map<PeerId, SimNode>;
}

/** What came of a look-up. */
export interface Finding {
  /** Milliseconds until the first provider came back that was there, if one did. */
  readonly ms: number | undefined;
  /** Steps to whoever knew it. */
  readonly steps: number;
  readonly ending: Ending;
}

const ID = 20;
const MEMBERSHIP = 16;

/** A network grown by the join protocol, with shares that some of its nodes provide. */
export class Overlay {
  readonly network: DhtNetwork;
  readonly shares: SimShare[] = [];

  constructor(seed: number, crypto?: DhtNetwork['crypto']) {
    this.network = new DhtNetwork(seed, crypto);
  }

  get nodes(): SimNode[] {
    return [...this.network.nodes];
  }

  /** Adds nodes, one every so many milliseconds, each by one contact that is there already. */
  grow(count: number, interval: number, make?: NodeMaker): void {
    for (let added = 0; added < count; added++) {
      this.join(make);
      this.network.run(interval);
    }
  }

  /** One newcomer, by one contact. */
  join(make?: NodeMaker): SimNode {
    const newcomer = this.network.add(make);
    this.network.introduce(newcomer);
    return newcomer;
  }

  /** A new share, provided by some nodes at random. */
  share(providers: number, among: readonly SimNode[] = this.nodes): SimShare {
    const { crypto, world } = this.network;
    const [infoHash, membership] = [infoHashOf(world.random.bytes(ID)), world.random.bytes(MEMBERSHIP)];
    const share: SimShare = { address: privateAddress(crypto, infoHash, membership), providers: new Map() };
    for (let added = 0; added < providers; added++) this.provide(share, pick(world.random, among));
    this.shares.push(share);
    return share;
  }

  provide({ address, providers }: SimShare, node: SimNode | undefined): void {
    if (node === undefined) return;
    const peerId = peerIdOf(this.network.world.random.bytes(ID));
    providers.set(peerId, node);
    node.provide(address, peerId);
  }

  lookUp(node: SimNode, { address, providers }: SimShare, done: (finding: Finding) => void): void {
    const { world } = this.network;
    const start: Time = world.now;
    const first: { ms?: number; steps: number } = { steps: 0 };
    node.lookUp(address, {
      provider: ({ peerId }, steps) => {
        if (first.ms !== undefined || providers.get(peerId)?.present !== true) return;
        first.ms = world.now - start;
        first.steps = steps;
      },
      ended: (ending) => done({ ms: first.ms, steps: first.steps, ending }),
    });
  }

  /** Look-ups at random nodes of random shares, some a second, with all that came of them. */
  lookUps(count: number, perSecond: number, from: () => readonly SimNode[] = () => this.nodes): Finding[] {
    const { world } = this.network;
    const findings: Finding[] = [];
    for (let asked = 0; asked < count; asked++)
      world.after((asked * SECOND) / perSecond, () => {
        const node = pick(world.random, from());
        const share = pick(world.random, this.shares.filter(isProvided));
        if (node && share) this.lookUp(node, share, (finding) => findings.push(finding));
      });
    this.network.run((count / perSecond + 11) * SECOND);
    return findings;
  }
}

function isProvided({ providers }: SimShare): boolean {
  return [...providers.values()].some(({ present }) => present);
}
