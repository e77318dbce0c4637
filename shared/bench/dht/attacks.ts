import { pick } from '../../src/base/random.ts';
import { MINUTE, SECOND } from '../../src/base/time.ts';
import { keyOf, placeBytes } from '../../src/dht/nodeId.ts';
import { REGION_NODES } from '../../src/dht/limits.ts';
import { hostile } from '../../sim/dht/hostileNode.ts';
import { Overlay } from '../../sim/dht/overlay.ts';
import type { SimNode } from '../../sim/dht/simNode.ts';
import { figuresOf, grown, LOOKUPS, PROVIDERS } from './population.ts';
import type { Row } from './row.ts';

const NODES = 1000;
const SYBILS = 0.2;
/** Attackers for each honest node of a region. */
const DENSITY = 5;
const ECLIPSED_SHARES = 10;

/** One in five drops, misroutes or lies, and has from the beginning. */
export const sybil20: Row = {
  key: 'sybil20',
  reach: { success: { atLeast: 0.95 } },
  measure(seed, scale) {
    const overlay = new Overlay(seed);
    const { world } = overlay.network;
    const honest: SimNode[] = [];
    for (let added = 0; added < NODES / scale; added++) {
      const isSybil = added > 0 && world.random.next() < SYBILS;
      const node = overlay.join(isSybil ? hostile() : undefined);
      if (!isSybil) honest.push(node);
      overlay.network.run(SECOND / Math.min(1 + added / 60, 25));
    }
    overlay.network.run(2 * MINUTE);
    for (let made = 0; made < 200; made++) overlay.share(PROVIDERS, honest);
    overlay.network.run(MINUTE);
    const findings = overlay.lookUps(LOOKUPS / scale, NODES / scale / 10, () => honest);
    return { ...figuresOf(findings), lookups: findings.length, honest: honest.length };
  },
};

/** Attackers crowd around every key in use, before anything is filed there: five for each honest node of the region. */
export const eclipse: Row = {
  key: 'eclipse',
  reach: { success: { atLeast: 0.9 } },
  measure(seed, scale) {
    const nodes = NODES / scale;
    const overlay = grown(seed, nodes);
    const honest = overlay.nodes;
    for (let made = 0; made < ECLIPSED_SHARES; made++) overlay.share(0, honest);
    surround(overlay, nodes);
    overlay.network.run(2 * MINUTE);
    for (const share of overlay.shares)
      for (let added = 0; added < PROVIDERS; added++)
        overlay.provide(share, pick(overlay.network.world.random, honest));
    overlay.network.run(MINUTE);
    const findings = overlay.lookUps(LOOKUPS / scale, nodes / 10, () => honest);
    return { ...figuresOf(findings), lookups: findings.length, nodes: overlay.network.nodes.size };
  },
};

/** Ids uniform in the region of each key. */
function surround(overlay: Overlay, nodes: number): void {
  const { network } = overlay;
  const region = REGION_NODES / nodes;
  for (const { address } of overlay.shares)
    for (let added = 0; added < DENSITY * REGION_NODES; added++) {
      const attacker = network.addAt(
        near(placeBytes(address.key), network.world.random.next() * region),
        hostile(true),
      );
      const contact = pick(
        network.world.random,
        overlay.nodes.filter((node) => node !== attacker && network.canConnect(node, attacker)),
      );
      if (contact !== undefined) network.meet(attacker, contact);
      network.run(SECOND / 20);
    }
}

/** A place at that share of the space from another. */
function near(place: Uint8Array, share: number): Uint8Array {
  const bytes = new Uint8Array(place);
  const view = new DataView(bytes.buffer);
  view.setUint32(0, (view.getUint32(0) ^ Math.floor(share * 2 ** 32)) >>> 0);
  bytes.fill(Math.floor(share * 2 ** 40) & 0xff, 4, 8);
  return placeBytes(keyOf(bytes));
}
