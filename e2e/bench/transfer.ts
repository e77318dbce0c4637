/**
 * `npm run bench -- transfer [--json] [--rounds N] [--only KEY[,KEY]] [--mib N]`: whole transfers through the
 * real page, from browser to browser, in turn with what else could carry them. Keys: those of `BENCHMARKS`. `--mib` is the
 * larger of the two shares whose memory is measured.
 */
import { parseArgs } from 'node:util';
import { reportJson, rounds } from '../support/bench.ts';
import { withFolder } from '../support/files.ts';
import { Server } from '../support/server.ts';
import { type Benchmark, type Findings, Scene } from './transfer/benchmark.ts';
import { delayed } from './transfer/delayed.ts';
import { firstPiece } from './transfer/firstPiece.ts';
import { memory } from './transfer/memory.ts';
import { pageWeight } from './transfer/pageWeight.ts';
import { raw } from './transfer/raw.ts';
import { scaling } from './transfer/scaling.ts';
import { fanout4, ratioWebtorrent } from './transfer/webTorrent.ts';

const BENCHMARKS: readonly Benchmark[] = [
  raw,
  ratioWebtorrent,
  fanout4,
  ...delayed,
  memory,
  firstPiece,
  pageWeight,
  scaling,
];

function chosen(): readonly Benchmark[] {
  const { values } = parseArgs({ options: { only: { type: 'string' } }, strict: false });
  if (typeof values.only !== 'string') return BENCHMARKS;
  const wanted = values.only.split(',');
  const known = BENCHMARKS.flatMap(({ keys }) => keys);
  for (const key of wanted)
    if (!known.includes(key))
      throw new RangeError(`--only: expected some of ${known.join()}, received ${key}`);
  return BENCHMARKS.filter(({ keys }) => keys.some((key) => wanted.includes(key)));
}

function tell(found: readonly Findings[]): void {
  const rows = found.flatMap((one) => one.rows);
  const width = Math.max(...rows.map(({ name }) => name.length));
  for (const { name, value, reach } of rows)
    console.log(`${name.padEnd(width)}  ${value.toFixed(2).padStart(10)}  ${reach}`);
  const figures = found.reduce((all, one) => ({ ...all, ...one.figures }), {});
  reportJson({ ...figures, rounds: found.reduce((all, { samples }) => ({ ...all, ...samples.all }), {}) });
}

/** What one cannot find out does not take away what the others have found; the program fails all the same. */
async function findings(benchmark: Benchmark, scene: Scene): Promise<readonly Findings[]> {
  try {
    return [await benchmark.run(scene)];
  } catch (error) {
    console.error(`${benchmark.keys.join()}: not measured:`, error);
    process.exitCode = 1;
    return [];
  }
}

const benchmarks = chosen();
const server = await Server.start();
try {
  await withFolder(async (folder) => {
    const scene = new Scene(server.origin, rounds(), folder);
    const found: Findings[] = [];
    for (const benchmark of benchmarks) found.push(...(await findings(benchmark, scene)));
    tell(found);
  });
} finally {
  await server.stop();
}
