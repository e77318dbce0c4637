/**
 * `npm run bench -- swarm [--json] [--only A,B] [--seeds 5] [--peers 100] [--mib 25] [--workers 2]`: simulated swarms
 * of the production engine against the theoretical bound. Figures are medians over seeds. With `--json` the last line
 * of stdout is one JSON object, with what each seed gave. Fewer peers or MiB than the defaults give a quick look only.
 */
import { Bench } from './swarm/bench.ts';
import { CASES } from './swarm/cases/all.ts';
import type { Case, Finding } from './swarm/finding.ts';
import { parseOptions } from './swarm/options.ts';
import { Pool } from './swarm/pool.ts';
import { line } from './swarm/report.ts';

const options = parseOptions(process.argv.slice(2));
const unknown = options.only?.filter((key) => CASES.every((each) => each.key !== key)) ?? [];
if (unknown.length > 0)
  throw new RangeError(
    `--only: expected some of ${CASES.map(({ key }) => key).join()}, received ${unknown.join()}`,
  );

const pool = new Pool(options.workers);
const bench = new Bench(pool, options);

async function measure(one: Case): Promise<readonly [string, Finding['json']] | undefined> {
  try {
    const { rows, json } = await one.measure(bench);
    for (const row of rows) console.log(line(row));
    return [one.key, json];
  } catch (error) {
    console.error(`${one.key}: ${String(error)}`);
    process.exitCode = 1;
    return undefined;
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => {
    pool.end();
    process.exit(1);
  });

const wanted = CASES.filter(({ key }) => options.only?.includes(key) ?? true);
const results = await Promise.all(wanted.map(measure));
pool.end();
const found = results.filter((result) => result !== undefined);
if (options.json) console.log(JSON.stringify(Object.fromEntries(found)));
