import { type Benchmark, Samples, type Scene } from './benchmark.ts';
import { withProfiles } from './profiles.ts';
import { measureShare } from './shareTransfer.ts';
import { WebTorrentSite } from './webTorrentSite.ts';
import { timeWebTorrent } from './webTorrentTransfer.ts';

interface Wish {
  readonly mebibytes: number;
  readonly receivers: number;
}

/** The real page beside stock WebTorrent, to one receiver. */
export const ratioWebtorrent: Benchmark = {
  keys: ['ratioWebtorrent'],
  async run(scene) {
    const { ratio, samples } = await compare(scene, { mebibytes: 64, receivers: 1 });
    const row = { name: 'ratioWebtorrent', value: ratio, reach: '>= 1.4' };
    return { figures: { ratioWebtorrent: ratio }, samples, rows: [row] };
  },
};

/** The same to four at once, until the last of them has everything. */
export const fanout4: Benchmark = {
  keys: ['fanout4'],
  async run(scene) {
    const { ratio, samples } = await compare(scene, { mebibytes: 32, receivers: 4 });
    const row = { name: 'fanout4.ratioWebtorrent', value: ratio, reach: '>= 2.5' };
    return { figures: { fanout4: { ratioWebtorrent: ratio } }, samples, rows: [row] };
  },
};

/** How many times as fast Shoal is. */
async function compare(
  scene: Scene,
  { mebibytes, receivers }: Wish,
): Promise<{ ratio: number; samples: Samples }> {
  const samples = new Samples();
  const nameOf = (who: string) => `${mebibytes} MiB to ${receivers}, ${who}, MiB/s`;
  const file = await scene.file(mebibytes);
  const site = await WebTorrentSite.start();
  try {
    await withProfiles(receivers, async (from, to) => {
      for (let round = 0; round < scene.rounds; round++) {
        samples.add(nameOf('WebTorrent'), mebibytes / (await timeWebTorrent(from, to, site, file)));
        samples.add(nameOf('Shoal'), await measureShare(from, to, { origin: scene.origin, file, mebibytes }));
      }
    });
  } finally {
    site.stop();
  }
  return { ratio: samples.median(nameOf('Shoal')) / samples.median(nameOf('WebTorrent')), samples };
}
