import { parseArgs } from 'node:util';

export const MIB = 1024 * 1024;
const DEFAULT_ROUNDS = 5;

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    rounds: { type: 'string' },
    mib: { type: 'string' },
  },
  strict: false,
});

/** Whether the module of this file name is the one that was started. */
export function isMain(filename: string): boolean {
  return process.argv[1] === filename;
}

/** How often to measure: `--rounds N`. */
export function rounds(): number {
  return counted('rounds', DEFAULT_ROUNDS);
}

/** How much to measure with: `--mib N`. */
export function mebibytes(usual: number): number {
  return counted('mib', usual);
}

function counted(option: 'rounds' | 'mib', usual: number): number {
  const wanted = Number(values[option] ?? usual);
  if (!Number.isInteger(wanted) || wanted < 1)
    throw new RangeError(`--${option}: expected a whole number from 1, received ${String(values[option])}`);
  return wanted;
}

/** With `--json`, as the last line of stdout. */
export function reportJson(result: object): void {
  if (values.json === true) console.log(JSON.stringify(result));
}

export function median(samples: readonly number[]): number {
  const sorted = samples.toSorted((a, b) => a - b);
  const [below, above] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  if (below === undefined || above === undefined)
    throw new RangeError('median: expected samples, received none');
  return (below + above) / 2;
}

/**
 * Prints medians in MiB/s and the ratio to `raw` of everything beside it. With `--json` the last line of stdout is
 * one JSON object: a number for each name, `ratioRaw` where there are two, and all samples under `rounds`.
 */
export function report(samples: Readonly<Record<string, readonly number[]>>): void {
  const medians = Object.fromEntries(Object.entries(samples).map(([name, list]) => [name, median(list)]));
  const ratio = ratioRaw(medians);
  for (const [name, list] of Object.entries(samples))
    console.log(
      `${name}: ${medians[name]?.toFixed(1)} MiB/s (${list.map((one) => one.toFixed(1)).join(', ')})`,
    );
  if (ratio !== undefined) console.log(`ratio to raw: ${ratio.toFixed(3)}`);
  reportJson({ ...medians, ...(ratio && { ratioRaw: ratio }), rounds: samples });
}

function ratioRaw({ raw, ...others }: Record<string, number>): number | undefined {
  const [other] = Object.values(others);
  return raw === undefined || other === undefined ? undefined : other / raw;
}
