import { pick } from '../../src/base/random.ts';
import { SECOND } from '../../src/base/time.ts';
import type { Overlay } from '../../sim/dht/overlay.ts';
import type { SimNode } from '../../sim/dht/simNode.ts';
import { mean, percentile } from '../swarm/statistics.ts';
import { figuresOf, grown, LOOKUPS, provide } from './population.ts';
import type { Row } from './row.ts';

const NODES = 1000;
const NEWCOMERS = 500;
const LINKS = 8;
const STEP = 50;
/** Between one look-up of a newcomer and its next. */
const ASKING = 10;
const TOO_LATE = 60 * SECOND;

/** What a newcomer has waited for, in milliseconds from the dial of its first contact. */
interface Arrival {
  readonly links: number;
  readonly found: number;
}

/**
 * From the first contact's dial until there are links enough and a look-up that somebody else answers has succeeded.
 * When all have come they look up as many as in other rows.
 */
export const join: Row = {
  key: 'join',
  reach: { p95Ms: { atMost: 5000 } },
  measure(seed, scale) {
    const overlay = grown(seed, NODES / scale);
    provide(overlay);
    const arrivals: Arrival[] = [];
    const newcomers: SimNode[] = [];
    for (let added = 0; added < NEWCOMERS / scale; added++) {
      newcomers.push(watch(overlay, (arrival) => arrivals.push(arrival)));
      overlay.network.run(SECOND);
    }
    overlay.network.run(TOO_LATE);
    const findings = overlay.lookUps(LOOKUPS / scale, NODES / scale / 10, () => newcomers);
    const times = arrivals.map(({ links, found }) => Math.max(links, found));
    return {
      p95Ms: percentile(times, 0.95),
      meanMs: mean(times),
      linksP95Ms: percentile(
        arrivals.map(({ links }) => links),
        0.95,
      ),
      foundP95Ms: percentile(
        arrivals.map(({ found }) => found),
        0.95,
      ),
      joins: times.length,
      success: figuresOf(findings).success,
      lookups: findings.length,
    };
  },
};

/** @param done what it has waited for, or `TOO_LATE`. */
function watch(overlay: Overlay, done: (arrival: Arrival) => void): SimNode {
  const { world } = overlay.network;
  const start = world.now;
  const newcomer = overlay.join();
  let [links, found] = [TOO_LATE, TOO_LATE];
  let checks = 0;
  const check = (): void => {
    const ms = world.now - start;
    if (newcomer.node.links.size >= LINKS) links = Math.min(links, ms);
    if (Math.max(links, found, 0) < TOO_LATE || ms >= TOO_LATE) return done({ links, found });
    const share = pick(world.random, overlay.shares);
    if (
      found === TOO_LATE &&
      newcomer.node.links.size > 0 &&
      checks++ % ASKING === 0 &&
      share !== undefined
    ) {
      // Who is asked first is the contact, or was told of by it: what counts is that somebody beyond knew.
      newcomer.lookUp(share.address, {
        provider: ({ peerId }, steps) => {
          if (steps > 1 && share.providers.has(peerId)) found = Math.min(found, world.now - start);
        },
      });
    }
    world.after(STEP, check);
  };
  check();
  return newcomer;
}
