import type { Case } from '../finding.ts';
import {
  completed,
  completedStaying,
  meanOverBound,
  middleTime,
  slowdown,
  stayingCount,
} from '../measures.ts';
import { PARETO } from '../setting.ts';
import { median } from '../statistics.ts';
import { KBIT } from '../units.ts';
import { identity, swarmCase } from './swarmCase.ts';

/** Seconds that the file takes at a leecher's uplink. */
const CHURN_LENGTH = 60 * 400 * KBIT;
/** Pairs for each seed of the other cases. */
const PAIRS = 4;

const tyrant: Case = {
  key: 'tyrant',
  async measure(bench) {
    const mixed = bench.setting({ ups: PARETO, leaving: 'never' });
    const runs = await bench.perSeed(async (seed) => {
      const [honest, rival] = await Promise.all([
        bench.swarm(mixed, seed),
        bench.swarm({ ...mixed, rivals: { type: 'one', name: 'tyrant' } }, seed),
      ]);
      const [honestSeconds, tyrantSeconds] = [middleTime(honest, mixed), middleTime(rival, mixed)];
      const gain = honestSeconds / tyrantSeconds;
      return { ...identity(seed, rival), honestHash: honest.hash, honestSeconds, tyrantSeconds, gain };
    }, PAIRS);
    const gain = median(runs.map((run) => run.gain));
    return { rows: [{ name: 'tyrant.gain', value: gain, reach: { atMost: 1.1 } }], json: { gain, runs } };
  },
};

/** What those get who do not play by the rules, and what it costs the others; and who comes and goes. */
export const RIVALS: readonly Case[] = [
  swarmCase({
    key: 'freeRiders10',
    setting: (bench) =>
      bench.setting({ rivals: { type: 'some', name: 'free-rider', share: 0.1, first: false } }),
    figures: [
      { name: 'slowdown', of: slowdown, reach: { atLeast: 3 } },
      { name: 'meanOverBound', of: meanOverBound, reach: { atMost: 1.1 } },
      { name: 'completed', of: completed, over: 'least', reach: { atLeast: 1 } },
    ],
  }),
  swarmCase({
    key: 'largeView40',
    setting: (bench) =>
      bench.setting({ rivals: { type: 'some', name: 'large-view', share: 0.4, first: true } }),
    figures: [
      { name: 'slowdown', of: slowdown, reach: { atLeast: 2 } },
      { name: 'meanOverBound', of: meanOverBound, reach: { atMost: 1.25 } },
      { name: 'completed', of: completed, over: 'least' },
    ],
  }),
  tyrant,
  swarmCase({
    key: 'churn',
    setting: (bench) => bench.setting({ length: CHURN_LENGTH, arrivals: 'poisson', leaving: 'churn' }),
    figures: [
      { name: 'completed', of: completedStaying, over: 'least', reach: { atLeast: 1 } },
      { name: 'staying', of: stayingCount },
    ],
  }),
];
