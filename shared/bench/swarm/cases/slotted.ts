import type { Bench } from '../bench.ts';
import type { Case } from '../finding.ts';
import { fewestSlots, type Partner } from '../slotted/slottedWorld.ts';
import { median } from '../statistics.ts';

const PEERS = [15, 31, 63, 127, 255];
const PIECES = [64, 128, 256, 512];

/** How near the production picker comes to the optimum; with partners taken quite at random for comparison. */
export const slotted: Case = {
  key: 'slotted',
  async measure(bench) {
    const [poorest, random] = await Promise.all([measureAll(bench, 'poorest'), measureAll(bench, 'random')]);
    return {
      rows: [
        { name: 'slotted.ratio', value: poorest.ratio, reach: { atMost: 1.03 } },
        { name: 'slotted.randomPartner.ratio', value: random.ratio },
      ],
      json: { ...poorest, randomPartner: random },
    };
  },
};

async function measureAll(bench: Bench, partner: Partner) {
  const grid = PEERS.flatMap((peers) => PIECES.map((pieces) => ({ peers, pieces, partner })));
  const cells = await Promise.all(
    grid.map(async (setting) => {
      const runs = await bench.perSeed(async (seed) => ({ seed, ...(await bench.slotted(setting, seed)) }));
      const slots = median(runs.map((run) => run.slots));
      const { peers, pieces } = setting;
      return { peers, pieces, slots, ratio: slots / fewestSlots(setting), runs };
    }),
  );
  return { ratio: Math.max(...cells.map(({ ratio }) => ratio)), cells };
}
