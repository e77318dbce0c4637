import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright';
import { SharePage } from '../../support/sharePage.ts';
import { type Benchmark, Samples } from './benchmark.ts';
import { withProfile } from './profiles.ts';
import { withShare } from './shareTransfer.ts';

const KIB = 1024;

/** What a browser fetches of scripts before anybody does anything: page, workers and service worker. */
export const pageWeight: Benchmark = {
  keys: ['pageKiB'],
  async run(scene) {
    const samples = new Samples();
    const wish = { origin: scene.origin, file: await scene.file(1) };
    await withProfile((from) =>
      withShare(from, [], wish, async ({ sender }) => {
        samples.add(
          'start page, KiB',
          await weigh(scene.origin, (page) => page.getByTestId('file-input').waitFor({ state: 'attached' })),
        );
        samples.add(
          'link, KiB',
          await weigh(await sender.link(), (page) => new SharePage(page).waitForState('ready')),
        );
      }),
    );
    const pageKiB = Math.max(samples.median('start page, KiB'), samples.median('link, KiB'));
    return { figures: { pageKiB }, samples, rows: [{ name: 'pageKiB', value: pageKiB, reach: '<= 120' }] };
  },
};

/** Gzipped, in KiB. */
function weigh(address: string, shown: (page: Page) => Promise<unknown>): Promise<number> {
  return withProfile(async (profile) => {
    const scripts = new Set<string>();
    profile.context.on('request', (request) => {
      if (request.resourceType() === 'script') scripts.add(request.url());
    });
    const page = await profile.newPage();
    await page.goto(address);
    await shown(page);
    await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
    await page.waitForLoadState('networkidle');
    const sizes = await Promise.all([...scripts].map(gzippedSize));
    return sizes.reduce((sum, size) => sum + size, 0) / KIB;
  });
}

async function gzippedSize(address: string): Promise<number> {
  const answer = await fetch(address);
  return gzipSync(await answer.arrayBuffer(), { level: 9 }).length;
}
