import { type Random, shuffle } from '../../src/base/random.ts';
import type { Time } from '../../src/base/time.ts';
import type { RivalName, Setting, Uplinks } from './setting.ts';
import { type Departure, drawVisits } from './visits.ts';

/** Milliseconds to the middle of the network. */
const LEAST_LATENCY = 5;
const MOST_LATENCY = 50;

/** One peer of a swarm to be simulated. */
export interface PeerPlan {
  readonly name: string;
  readonly role: 'seed' | 'leecher';
  readonly rival: RivalName | undefined;
  readonly joinsAt: Time;
  readonly leaves: Departure;
  /** Bytes a second. */
  readonly up: number;
  readonly down: number;
  readonly latency: number;
}

/** Draws a swarm: the seed first, then the leechers in the order they join. */
export function populationOf(setting: Setting, random: Random): PeerPlan[] {
  const seed: PeerPlan = {
    name: 'seed',
    role: 'seed',
    rival: undefined,
    joinsAt: 0,
    leaves: setting.leaving === 'churn' ? 'when-another-finished' : 'never',
    up: setting.seedUp,
    down: setting.down,
    latency: drawLatency(random),
  };
  const leechers = drawVisits(setting, random).map((visit, index): PeerPlan => ({
    ...visit,
    name: `leecher ${index + 1}`,
    role: 'leecher',
    rival: undefined,
    up: drawUp(setting.ups, random),
    down: setting.down,
    latency: drawLatency(random),
  }));
  return [seed, ...withRivals(leechers, setting, random)];
}

/** Whose uplink is the median, of any peers. */
export function ofMiddleUplink<T extends { readonly up: number }>(peers: readonly T[]): T | undefined {
  return peers.toSorted((a, b) => a.up - b.up)[peers.length >> 1];
}

function withRivals(leechers: readonly PeerPlan[], { rivals }: Setting, random: Random): PeerPlan[] {
  if (rivals.type === 'none') return [...leechers];
  const chosen = new Set(
    rivals.type === 'one'
      ? [ofMiddleUplink(leechers)]
      : (rivals.first ? leechers : shuffle(random, leechers)).slice(
          0,
          Math.round(rivals.share * leechers.length),
        ),
  );
  return leechers.map((plan) => (chosen.has(plan) ? { ...plan, rival: rivals.name } : plan));
}

function drawLatency(random: Random): number {
  return LEAST_LATENCY + (MOST_LATENCY - LEAST_LATENCY) * random.next();
}

/** Pareto's distribution cut off at both ends, by its inverse. */
function drawUp(ups: Uplinks, random: Random): number {
  if (ups.type === 'equal') return ups.rate;
  const { alpha, least, most } = ups;
  const above = 1 - (least / most) ** alpha;
  return least / (1 - above * random.next()) ** (1 / alpha);
}
