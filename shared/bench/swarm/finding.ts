import type { Bench } from './bench.ts';

/** What a figure has to reach. */
export type Reach = { readonly atMost: number } | { readonly atLeast: number };

/** A line of the table that people read. */
export interface Row {
  readonly name: string;
  readonly value: number;
  readonly reach?: Reach | undefined;
}

export interface Finding {
  readonly rows: readonly Row[];
  /** What the key holds in the JSON: plain data, with the raw figures of each seed beside each median. */
  readonly json: unknown;
}

/** One key of the result. */
export interface Case {
  readonly key: string;
  measure(bench: Bench): Promise<Finding>;
}

export function isReached(value: number, reach: Reach): boolean {
  return 'atMost' in reach ? value <= reach.atMost : value >= reach.atLeast;
}
