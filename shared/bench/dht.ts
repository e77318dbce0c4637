/**
 * `npm run bench -- dht [--json] [--only A,B] [--seeds 5] [--workers 2] [--scale 1]`: look-ups in simulated overlays of
 * the production node, grown by its own join protocol. Figures are medians over seeds. With `--json` the last line of
 * stdout is one JSON object, with what each seed gave. A scale above 1 divides nodes and look-ups: a quick look only.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Crew } from './dht/crew.ts';
import type { Figures, Row } from './dht/row.ts';
import { ROWS } from './dht/rows.ts';
import { line } from './swarm/report.ts';
import { median } from './swarm/statistics.ts';

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    only: { type: 'string' },
    seeds: { type: 'string', default: '5' },
    workers: { type: 'string', default: String(availableParallelism()) },
    scale: { type: 'string', default: '1' },
  },
});
const only = values.only?.split(',');
const unknown = only?.filter((key) => ROWS.every((row) => row.key !== key)) ?? [];
if (unknown.length > 0)
  throw new RangeError(
    `--only: expected some of ${ROWS.map(({ key }) => key).join()}, received ${unknown.join()}`,
  );

const [seeds, scale] = [wholeNumber('--seeds', values.seeds), wholeNumber('--scale', values.scale)];
const crew = new Crew(wholeNumber('--workers', values.workers));
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    crew.end();
    process.exit(1);
  });

const found: Record<string, unknown> = {};
for (const row of ROWS.filter(({ key }) => only?.includes(key) ?? true)) found[row.key] = await measure(row);
if (values.json) console.log(JSON.stringify(found));

async function measure(row: Row): Promise<unknown> {
  const runs = await Promise.all(
    Array.from({ length: seeds }, (_, index) => crew.perform({ key: row.key, seed: index + 1, scale })),
  );
  const perSeed: Figures[] = [];
  for (const run of runs) {
    if (run.type === 'measured') perSeed.push({ ...run.figures, seconds: run.seconds });
    else {
      console.error(`${row.key}: ${run.error}`);
      process.exitCode = 1;
    }
  }
  const [first] = perSeed;
  if (first === undefined) return undefined;
  const medians = Object.fromEntries(
    Object.keys(first).map((name) => [name, median(perSeed.map((figures) => figures[name] ?? Number.NaN))]),
  );
  for (const [name, value] of Object.entries(medians))
    console.log(line({ name: `${row.key} ${name}`, value, reach: row.reach[name] }));
  return { ...medians, seeds: perSeed };
}

function wholeNumber(name: string, text: string): number {
  const number = Number(text);
  if (Number.isInteger(number) && number >= 1) return number;
  throw new RangeError(`${name}: expected a whole number from 1, received ${text}`);
}
