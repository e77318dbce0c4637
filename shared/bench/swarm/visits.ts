import type { Random } from '../../src/base/random.ts';
import { SECOND, type Time } from '../../src/base/time.ts';
import { arrivals } from '../../sim/arrivals.ts';
import type { Setting } from './setting.ts';

const TOGETHER = 10 * SECOND;

/** Churn: the mean time between two arrivals. */
const BETWEEN = 3 * SECOND;
/** Who leaves early stays less than this. */
const EARLY = 60 * SECOND;
/** The others stay this long at least, and up to a minute more. */
const STAY = 180 * SECOND;
const MORE = 60 * SECOND;

/** When a peer goes, if it does. */
export type Departure = 'when-finished' | 'never' | 'when-another-finished' | { readonly after: Time };

export interface Visit {
  readonly joinsAt: Time;
  readonly leaves: Departure;
}

/** When each leecher comes and goes, the first to come first. */
export function drawVisits({ leechers, arrivals: arriving, leaving }: Setting, random: Random): Visit[] {
  const joins = arriving === 'poisson' ? poisson(leechers, random) : together(leechers, random);
  return joins.map((joinsAt) => ({
    joinsAt,
    leaves: leaving === 'churn' ? { after: drawStay(random) } : leaving,
  }));
}

/** Whether who stays so long should have everything by then. */
export function staysLong(leaves: Departure): boolean {
  return typeof leaves === 'object' && leaves.after >= STAY;
}

function together(count: number, random: Random): Time[] {
  return Array.from({ length: count }, () => TOGETHER * random.next()).sort((a, b) => a - b);
}

function poisson(count: number, random: Random): Time[] {
  const sessions = { type: 'endless' } as const;
  return arrivals(random, { count, interval: BETWEEN, sessions }).map(({ from }) => from);
}

function drawStay(random: Random): number {
  return random.next() < 0.5 ? EARLY * random.next() : STAY + MORE * random.next();
}
