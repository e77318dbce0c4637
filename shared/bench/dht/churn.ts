import { MINUTE, SECOND } from '../../src/base/time.ts';
import { pick } from '../../src/base/random.ts';
import { readProvider } from '../../src/dht/shareAddress.ts';
import type { Overlay } from '../../sim/dht/overlay.ts';
import type { SimNode } from '../../sim/dht/simNode.ts';
import { figuresOf, grown, linksMean, LOOKUPS, provide } from './population.ts';
import type { Row } from './row.ts';

const NODES = 1000;
const SESSION = 10 * MINUTE;
/** Departures without a goodbye. */
const SILENT = 0.5;
const HOUR = 60 * MINUTE;
/** Some of those who ask are gone before they have an answer. */
const ASKED = 1.01 * LOOKUPS;
/** Who has just begun to provide a share has not told anybody yet. */
const PUBLISHED = 30 * SECOND;

/** People come and go: each stays for a while, and for each who goes another comes. */
export const churn: Row = {
  key: 'churn',
  reach: { success: { atLeast: 0.98 }, lostRecords: { atMost: 0.01 } },
  measure(seed, scale) {
    const overlay = grown(seed, NODES / scale);
    provide(overlay);
    const turnover = new Turnover(overlay);
    for (const node of overlay.nodes) turnover.stay(node);
    overlay.network.run(HOUR);
    const lost = turnover.lostRecords();
    const findings = overlay.lookUps(ASKED / scale, NODES / scale / 10);
    return {
      ...figuresOf(findings),
      lostRecords: lost,
      linksMean: linksMean(overlay),
      nodes: overlay.network.nodes.size,
      lookups: findings.length,
    };
  },
};

class Turnover {
  readonly #overlay: Overlay;
  /** When each began to provide, by node. */
  readonly #since = new Map<SimNode, number>();

  constructor(overlay: Overlay) {
    this.#overlay = overlay;
  }

  /** Until its session ends, by chance. */
  stay(node: SimNode): void {
    const { world } = this.#overlay.network;
    world.after(-Math.log(1 - world.random.next()) * SESSION, () => this.#go(node));
  }

  /** Share of records, of providers who are there, that nobody holds. */
  lostRecords(): number {
    const { crypto, world } = this.#overlay.network;
    const counts = { records: 0, lost: 0 };
    for (const { address, providers } of this.#overlay.shares) {
      const held = new Set(
        this.#overlay.nodes
          .flatMap(({ node }) => node.held(address.key))
          .map((record) => readProvider(crypto, address, record)?.peerId),
      );
      for (const [peerId, node] of providers) {
        if (!node.present || world.now - (this.#since.get(node) ?? 0) < PUBLISHED) continue;
        counts.records++;
        if (!held.has(peerId)) counts.lost++;
      }
    }
    return counts.lost / counts.records;
  }

  /** Another takes its place, in the network and in the swarms it was in. */
  #go(node: SimNode): void {
    const { world } = this.#overlay.network;
    if (world.random.next() < SILENT) node.vanish();
    else node.leave();
    this.stay(this.#overlay.join());
    for (const share of this.#overlay.shares)
      for (const [peerId, provider] of share.providers)
        if (provider === node) {
          share.providers.delete(peerId);
          const heir = pick(world.random, this.#overlay.nodes);
          if (heir !== undefined) this.#since.set(heir, world.now);
          this.#overlay.provide(share, heir);
        }
  }
}
