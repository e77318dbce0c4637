/**
 * `npm run sim -- --worlds 100000 [--from SEED] [--jobs N]`: random small worlds, one seed after the other, spread over the
 * cores. `npm run sim -- --seed SEED [--trace FILE] [--keep NAME]`: one of them again, written down as JSON lines, or,
 * when it goes wrong, made as small as it still does and kept as a test under `regressions/`.
 */
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { manyWorlds } from './manyWorlds.ts';
import { keepWorld, replayWorld } from './oneWorld.ts';

const { values } = parseArgs({
  options: {
    worlds: { type: 'string' },
    from: { type: 'string', default: '1' },
    jobs: { type: 'string', default: String(availableParallelism()) },
    seed: { type: 'string' },
    trace: { type: 'string' },
    keep: { type: 'string' },
  },
});

function natural(option: string, text: string): number {
  const number = Number(text);
  if (Number.isSafeInteger(number) && number >= 0) return number;
  throw new RangeError(`--${option}: expected a natural number, received ${text}`);
}

async function main(): Promise<boolean> {
  const { worlds, from, jobs, seed, trace, keep } = values;
  if (worlds !== undefined)
    return manyWorlds(natural('from', from), natural('worlds', worlds), natural('jobs', jobs));
  if (seed === undefined) throw new RangeError('expected --worlds or --seed, received neither');
  if (keep !== undefined) return keepWorld(natural('seed', seed), keep);
  return replayWorld(natural('seed', seed), trace);
}

process.exitCode = (await main()) ? 0 : 1;
