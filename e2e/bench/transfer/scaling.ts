import { type Benchmark, Samples } from './benchmark.ts';
import { withProfiles } from './profiles.ts';
import { pressAndTime, withShare } from './shareTransfer.ts';

const MEBIBYTES = 16;
const KIB_PER_SECOND = 512;
const RECEIVERS = [1, 2, 4, 8];
const LEAST_SECONDS = (MEBIBYTES * 1024) / KIB_PER_SECOND;

/** One sender's limited upload, and more and more receivers who serve each other. */
export const scaling: Benchmark = {
  keys: ['scaling'],
  async run(scene) {
    const samples = new Samples();
    const wish = { origin: scene.origin, file: await scene.file(MEBIBYTES), uploadLimit: KIB_PER_SECOND };
    await withProfiles(Math.max(...RECEIVERS), async (from, to) => {
      for (let round = 0; round < scene.rounds; round++)
        for (const receivers of RECEIVERS) {
          const some = to.slice(0, receivers);
          const seconds = await withShare(from, some, wish, (share) => pressAndTime(share.receivers));
          samples.add(nameOf(receivers), seconds);
        }
    });
    const found = RECEIVERS.map((receivers) => ({ receivers, seconds: samples.median(nameOf(receivers)) }));
    return {
      figures: { scaling: found },
      samples,
      rows: found.map(({ receivers, seconds }) => ({
        name: `scaling, ${receivers} receivers`,
        value: seconds,
        reach: receivers === Math.max(...RECEIVERS) ? `<= ${1.25 * LEAST_SECONDS}` : '',
      })),
    };
  },
};

function nameOf(receivers: number): string {
  return `to ${receivers} receivers, seconds`;
}
