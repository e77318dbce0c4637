import type { Page } from 'playwright';
import type { Profile } from '../../support/profile.ts';
import type { WebTorrentSite } from './webTorrentSite.ts';

/** What the site's pages have. Those that run on a page hold no named function (see `rawChannel.ts`). */
interface WebTorrentPage {
  WebTorrent: new () => Client;
  client: Client;
}

interface Client {
  seed(file: File, options: Options, seeding: (torrent: Torrent) => void): void;
  add(torrentFile: Uint8Array, options: Options, added: (torrent: Torrent) => void): void;
  on(event: 'error', listener: (error: Error) => void): void;
  remove(infoHash: string, options: { destroyStore: boolean }, done: () => void): void;
  readonly torrents: readonly Torrent[];
}

interface Options {
  readonly announce: readonly string[];
}

interface Torrent {
  readonly infoHash: string;
  readonly torrentFile: Uint8Array;
  readonly progress: number;
  on(event: 'done', listener: () => void): void;
}

/**
 * Seconds that stock WebTorrent takes, as it comes, from `add` until everybody is done: on the clock that all browsers
 * of the machine share.
 */
export async function timeWebTorrent(
  from: Profile,
  to: readonly Profile[],
  site: WebTorrentSite,
  file: string,
): Promise<number> {
  const open = (profile: Profile) => openPage(profile, site);
  const [seeder, leechers] = [await open(from), await Promise.all(to.map(open))];
  try {
    await seeder.locator('input').setInputFiles(file);
    const torrentFile = await seed(seeder, site.tracker);
    const spans = await Promise.all(leechers.map((leecher) => add(leecher, site.tracker, torrentFile)));
    const first = Math.min(...spans.map(([added]) => added));
    const last = Math.max(...spans.map(([, done]) => done));
    await Promise.all([...leechers, seeder].map((page) => remove(page)));
    return (last - first) / 1000;
  } finally {
    await Promise.all([...leechers, seeder].map((page) => page.close()));
  }
}

async function openPage(profile: Profile, site: WebTorrentSite): Promise<Page> {
  const page = await profile.newPage();
  await page.goto(site.origin);
  await page.waitForFunction('globalThis.WebTorrent');
  return page;
}

/** Resolves with the torrent file, one number a byte. */
function seed(page: Page, tracker: string): Promise<number[]> {
  return page.evaluate(
    (announce) =>
      new Promise((resolve, reject) => {
        const own = globalThis as unknown as WebTorrentPage;
        own.client = new own.WebTorrent();
        own.client.on('error', reject);
        const file = document.querySelector('input')?.files?.[0];
        if (file === undefined) reject(new Error('expected a file, received none'));
        else own.client.seed(file, { announce: [announce] }, ({ torrentFile }) => resolve([...torrentFile]));
      }),
    tracker,
  );
}

function add(page: Page, tracker: string, torrentFile: number[]): Promise<[added: number, done: number]> {
  return page.evaluate(
    ([announce, bytes]) =>
      new Promise((resolve, reject) => {
        const own = globalThis as unknown as WebTorrentPage;
        own.client = new own.WebTorrent();
        own.client.on('error', reject);
        const added = performance.timeOrigin + performance.now();
        own.client.add(Uint8Array.from(bytes), { announce: [announce] }, (torrent) => {
          if (torrent.progress > 0) reject(new Error('expected nothing stored, found some'));
          torrent.on('done', () => resolve([added, performance.timeOrigin + performance.now()]));
        });
      }),
    [tracker, torrentFile] as const,
  );
}

/** With what it stored, so that the next round begins as this one did. */
function remove(page: Page): Promise<void> {
  return page.evaluate(
    () =>
      new Promise((resolve) => {
        const { client } = globalThis as unknown as WebTorrentPage;
        const [torrent] = client.torrents;
        if (torrent === undefined) resolve();
        else client.remove(torrent.infoHash, { destroyStore: true }, () => resolve());
      }),
  );
}
