import type { Bench } from '../bench.ts';
import { clientServerTime } from '../bound.ts';
import type { Case } from '../finding.ts';
import { boundOf, capacitiesOf, lastTime } from '../measures.ts';
import { median } from '../statistics.ts';
import { identity } from './swarmCase.ts';

const SIZES = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000];
const FEW = 10;

/** Distribution time for more and more leechers: until the slowest has everything, from its own join on. */
export const scaling: Case = {
  key: 'scaling',
  async measure(bench) {
    const most = bench.scaled(Math.max(...SIZES));
    const sizes = SIZES.filter((size) => size <= most);
    // The longest runs begin first.
    const points = await Promise.all(sizes.toReversed().map((size) => measureSize(bench, size)));
    points.reverse();
    const few = points.find(({ n }) => n === FEW)?.swarm ?? Number.NaN;
    const growth = (points.at(-1)?.swarm ?? Number.NaN) / few;
    const name = `scaling: swarm at ${sizes.at(-1)} ÷ at ${FEW}`;
    const rows = points.map(({ n, swarm }) => ({ name: `scaling.${n}.swarm`, value: swarm }));
    return { rows: [...rows, { name, value: growth, reach: { atMost: 1.5 } }], json: points };
  },
};

async function measureSize(bench: Bench, leechers: number) {
  const setting = bench.setting({ leechers });
  const runs = await bench.perSeed(async (seed) => {
    const record = await bench.swarm(setting, seed);
    const { peers } = record;
    const bounds = {
      clientServer: clientServerTime(capacitiesOf(setting.length, peers)),
      bound: boundOf(record, setting),
    };
    return { ...identity(seed, record), swarm: lastTime(record, setting), ...bounds };
  });
  return {
    n: leechers,
    swarm: median(runs.map(({ swarm }) => swarm)),
    clientServer: median(runs.map(({ clientServer }) => clientServer)),
    bound: median(runs.map(({ bound }) => bound)),
    runs,
  };
}
