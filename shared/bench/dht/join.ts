import { pick } from '../../src/base/random.ts';
import { SECOND } from '../../src/base/time.ts';
import type { Overlay } from '../../sim/dht/overlay.ts';
import { mean, percentile } from '../swarm/statistics.ts';
import { grown, provide } from './population.ts';
import type { Row } from './row.ts';

const NODES = 1000;
const NEWCOMERS = 500;
const LINKS = 8;
const STEP = 50;
/** Between one look-up of a newcomer and its next. */
const ASKING = 10;
const TOO_LATE = 60 * SECOND;

/** From the first contact's dial until there are links enough and a look-up that somebody else answers has succeeded. */
export const join: Row = {
  key: 'join',
  reach: { p95Ms: { atMost: 5000 } },
  measure(seed, scale) {
    const overlay = grown(seed, NODES / scale);
    provide(overlay);
    const times: number[] = [];
    const looked = { ups: 0 };
    for (let added = 0; added < NEWCOMERS / scale; added++) {
      watch(overlay, looked, (ms) => times.push(ms));
      overlay.network.run(SECOND);
    }
    overlay.network.run(TOO_LATE);
    return { p95Ms: percentile(times, 0.95), meanMs: mean(times), joins: times.length, lookups: looked.ups };
  },
};

function watch(overlay: Overlay, looked: { ups: number }, done: (ms: number) => void): void {
  const { world } = overlay.network;
  const start = world.now;
  const newcomer = overlay.join();
  let found = false;
  let steps = 0;
  const check = (): void => {
    const { size } = newcomer.node.links;
    const ms = world.now - start;
    if ((found && size >= LINKS) || ms >= TOO_LATE) return done(ms);
    const share = pick(world.random, overlay.shares);
    if (!found && size > 0 && steps++ % ASKING === 0 && share !== undefined) {
      looked.ups++;
      // Who is asked first is the contact, or was told of by it: what counts is that somebody beyond knew.
      overlay.lookUp(newcomer, share, (finding) => (found ||= finding.steps > 1));
    }
    world.after(STEP, check);
  };
  check();
}
