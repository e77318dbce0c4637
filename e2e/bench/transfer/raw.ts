import { MIB } from '../../support/bench.ts';
import { measureRawChannel } from '../rawChannel.ts';
import { type Benchmark, Samples } from './benchmark.ts';
import { withProfiles } from './profiles.ts';
import { measureShare } from './shareTransfer.ts';

const MEBIBYTES = 256;

/** The real page beside a bare channel, on one machine without a network between them. */
export const raw: Benchmark = {
  keys: ['ratioRaw'],
  async run(scene) {
    const samples = new Samples();
    const wish = { origin: scene.origin, file: await scene.file(MEBIBYTES), mebibytes: MEBIBYTES };
    await withProfiles(1, async (from, to) => {
      for (let round = 0; round < scene.rounds; round++) {
        samples.add(
          '256 MiB, bare channel, MiB/s',
          await measureRawChannel(from, to[0], { bytes: MEBIBYTES * MIB }),
        );
        samples.add('256 MiB, Shoal, MiB/s', await measureShare(from, to, wish));
      }
    });
    const ratioRaw = samples.median('256 MiB, Shoal, MiB/s') / samples.median('256 MiB, bare channel, MiB/s');
    return { figures: { ratioRaw }, samples, rows: [{ name: 'ratioRaw', value: ratioRaw, reach: '>= 0.9' }] };
  },
};
