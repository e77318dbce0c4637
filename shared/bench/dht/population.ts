import { MINUTE, SECOND } from '../../src/base/time.ts';
import type { Finding } from '../../sim/dht/overlay.ts';
import { Overlay } from '../../sim/dht/overlay.ts';
import { mean, percentile } from '../swarm/statistics.ts';

/** Look-ups of one run. */
export const LOOKUPS = 10_000;
const SHARES = 200;
export const PROVIDERS = 3;
/** Milliseconds in which a look-up has to succeed. */
const IN_TIME = 10 * SECOND;
/** Nodes of the largest network come at a rate that doubles it every minute and a half, at most so many a second. */
const FASTEST = 25;
const SETTLING = 2 * MINUTE;

/** An overlay of so many nodes, each of which came by the join protocol, with some minutes to settle. */
export function grown(seed: number, nodes: number): Overlay {
  const overlay = new Overlay(seed);
  while (overlay.network.nodes.size < nodes) {
    const perSecond = Math.min(1 + overlay.network.nodes.size / 60, FASTEST);
    overlay.grow(1, SECOND / perSecond);
  }
  overlay.network.run(SETTLING);
  return overlay;
}

/** Shares, each with some providers, published twice. */
export function provide(overlay: Overlay, shares = SHARES): void {
  const honest = overlay.nodes;
  for (let made = 0; made < shares; made++) overlay.share(PROVIDERS, honest);
  overlay.network.run(MINUTE);
}

function succeeded({ ms }: Finding): boolean {
  return ms !== undefined && ms <= IN_TIME;
}

/** Share of look-ups that found a provider in time, steps and time of these. */
export function figuresOf(findings: readonly Finding[]) {
  const good = findings.filter(succeeded);
  return {
    success: good.length / findings.length,
    meanHops: mean(good.map(({ steps }) => steps)),
    p50Ms: percentile(
      good.map(({ ms }) => ms ?? IN_TIME),
      0.5,
    ),
    p95Ms: percentile(
      good.map(({ ms }) => ms ?? IN_TIME),
      0.95,
    ),
  };
}

export function linksMean(overlay: Overlay): number {
  return mean(overlay.nodes.map(({ node }) => node.links.size));
}
