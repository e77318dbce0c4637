import type { Bench } from '../bench.ts';
import type { Case, Finding, Reach } from '../finding.ts';
import type { Measure } from '../measures.ts';
import type { RunRecord } from '../record.ts';
import type { Setting } from '../setting.ts';
import { median } from '../statistics.ts';

/** A measure, and how those of all seeds become one figure. */
export interface Figure {
  readonly name: string;
  readonly of: Measure;
  /** Instead of the median: the worst of all seeds, where one that fails must show. */
  readonly over?: 'least';
  readonly reach?: Reach;
}

interface Shape {
  readonly key: string;
  readonly setting: (bench: Bench) => Setting;
  readonly figures: readonly Figure[];
}

/** A key whose figures all come from runs of one setting. */
export function swarmCase({ key, setting, figures }: Shape): Case {
  return {
    key,
    async measure(bench) {
      const runs = await bench.perSeed(async (seed) => {
        const record = await bench.swarm(setting(bench), seed);
        return { ...identity(seed, record), ...valuesOf(figures, record, setting(bench)) };
      });
      return findingOf(key, figures, runs);
    },
  };
}

/** What tells one run from another, and shows that it happened again. */
export function identity(seed: number, { hash, events, end }: RunRecord) {
  return { seed, hash, events, end };
}

function valuesOf(figures: readonly Figure[], record: RunRecord, setting: Setting): Record<string, number> {
  return Object.fromEntries(figures.map(({ name, of }) => [name, of(record, setting)]));
}

function findingOf(
  key: string,
  figures: readonly Figure[],
  runs: readonly Readonly<Record<string, unknown>>[],
): Finding {
  const rows = figures.map((figure) => {
    const values = runs.map((run) => Number(run[figure.name]));
    const value = figure.over === 'least' ? Math.min(...values) : median(values);
    return { name: `${key}.${figure.name}`, value, reach: figure.reach, figure: figure.name };
  });
  return { rows, json: { ...Object.fromEntries(rows.map(({ figure, value }) => [figure, value])), runs } };
}
