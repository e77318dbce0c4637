import { eclipse, sybil20 } from './attacks.ts';
import { churn } from './churn.ts';
import { idle } from './idle.ts';
import { join } from './join.ts';
import { massFailure } from './massFailure.ts';
import type { Row } from './row.ts';
import { staticRow } from './static.ts';

export const ROWS: readonly Row[] = [
  staticRow(500, { success: { atLeast: 0.999 }, p95Ms: { atMost: 2000 } }),
  staticRow(10_000, { success: { atLeast: 0.995 }, linksMean: { atMost: 32 } }),
  churn,
  massFailure,
  sybil20,
  eclipse,
  join,
  idle,
];
