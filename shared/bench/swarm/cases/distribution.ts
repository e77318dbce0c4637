import type { Case } from '../finding.ts';
import {
  bytesOverFile,
  lastOverBound,
  leecherUtilisation,
  meanOverBound,
  p95OverBound,
  timeByUplink,
  uplinkUse,
} from '../measures.ts';
import { PARETO } from '../setting.ts';
import { KBIT } from '../units.ts';
import { type Figure, swarmCase } from './swarmCase.ts';

const NEAR_BOUND: readonly Figure[] = [
  { name: 'leecherUtilisation', of: leecherUtilisation, reach: { atLeast: 0.95 } },
  { name: 'meanOverBound', of: meanOverBound, reach: { atMost: 1.08 } },
  { name: 'p95OverBound', of: p95OverBound, reach: { atMost: 1.2 } },
  { name: 'lastOverBound', of: lastOverBound, reach: { atMost: 1.25 } },
];

/** Everybody is one of ours: how near the bound they come, with seeds fast and slow and with uplinks that differ. */
export const DISTRIBUTION: readonly Case[] = [
  swarmCase({ key: 'A', setting: (bench) => bench.setting({ seedUp: 6000 * KBIT }), figures: NEAR_BOUND }),
  swarmCase({ key: 'B', setting: (bench) => bench.setting(), figures: NEAR_BOUND }),
  swarmCase({
    key: 'C',
    setting: (bench) => bench.setting({ seedUp: 400 * KBIT }),
    figures: [
      { name: 'leecherUtilisation', of: leecherUtilisation },
      { name: 'meanOverBound', of: meanOverBound, reach: { atMost: 1.25 } },
      { name: 'p95OverBound', of: p95OverBound },
      { name: 'lastOverBound', of: lastOverBound },
    ],
  }),
  swarmCase({
    key: 'mixed',
    setting: (bench) => bench.setting({ ups: PARETO, leaving: 'never' }),
    figures: [
      { name: 'uplinkUse', of: uplinkUse, reach: { atLeast: 0.9 } },
      { name: 'rankCorrelation', of: timeByUplink, reach: { atMost: -0.5 } },
      { name: 'meanOverBound', of: meanOverBound },
    ],
  }),
  swarmCase({
    key: 'initialSeeding',
    setting: (bench) => bench.setting(),
    figures: [{ name: 'bytesOverFile', of: bytesOverFile, reach: { atMost: 1.05 } }],
  }),
];
