import type { Reach } from '../swarm/finding.ts';

/** What one run measures, by name. */
export type Figures = Readonly<Record<string, number>>;

/** A row of the table: measured once for each seed. */
export interface Row {
  readonly key: string;
  readonly reach: Readonly<Record<string, Reach>>;
  /** @param scale nodes and look-ups are divided by it: 1, or more for a quick look. */
  measure(seed: number, scale: number): Figures;
}
