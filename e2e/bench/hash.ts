/**
 * `npm run bench -- hash [--json] [--rounds N] [--mib N]`: how fast the real page comes to a link, from the choice of a
 * file of random bytes. In turn with it, in the same browser and with as many workers as the page has: a bare loop that
 * encrypts pieces of the same length and hashes their blocks, which reads no file and builds no tree.
 */
import { join } from 'node:path';
import type { Page } from 'playwright';
import { withBarePage } from '../support/barePage.ts';
import { mebibytes, median, MIB, reportJson, rounds } from '../support/bench.ts';
import { withFolder, writeRandomFile } from '../support/files.ts';
import { Profile } from '../support/profile.ts';
import { Server } from '../support/server.ts';
import { SharePage } from '../support/sharePage.ts';

const USUAL_MIB = 1024;
/** As many as the page takes at the most. */
const MOST_WORKERS = 4;
const PATIENCE_MS = 600_000;

/** Encrypts and hashes so many bytes, piece by piece, and says how many milliseconds that took. */
const BARE_WORKER = `
const BLOCK = 16384;
onmessage = async ({ data: { bytes, pieceLength } }) => {
  const key = await crypto.subtle.importKey('raw', new Uint8Array(32), 'AES-CTR', false, ['encrypt']);
  const algorithm = { name: 'AES-CTR', counter: new Uint8Array(16), length: 64 };
  const plain = new Uint8Array(pieceLength);
  for (let done = 0; done < bytes; done += pieceLength) {
    const cipher = new Uint8Array(await crypto.subtle.encrypt(algorithm, key, plain));
    for (let begin = 0; begin < pieceLength; begin += BLOCK)
      await crypto.subtle.digest('SHA-256', cipher.subarray(begin, begin + BLOCK));
  }
  postMessage('done');
};`;

/** Bytes a piece of a share of this size has. */
function pieceLengthOf(bytes: number): number {
  let length = 64 * 1024;
  while (length < bytes / 2000) length *= 2;
  return Math.min(length, 4 * MIB);
}

/** Milliseconds. */
function runBare(page: Page, bytes: number, pieceLength: number, workers: number): Promise<number> {
  return page.evaluate(
    async ([total, length, count]) => {
      const all = Array.from({ length: count }, () => new Worker('/worker.js'));
      const started = performance.now();
      await Promise.all(
        all.map(
          (worker) =>
            new Promise((resolve) => {
              worker.onmessage = resolve;
              worker.postMessage({ bytes: total / count, pieceLength: length });
            }),
        ),
      );
      const took = performance.now() - started;
      for (const worker of all) worker.terminate();
      return took;
    },
    [bytes, pieceLength, workers] as const,
  );
}

/** Milliseconds from the choice of the file until the page shows the link, on the page's own clock. */
async function runPage(profile: Profile, origin: string, file: string): Promise<number> {
  const sharing = new SharePage(await profile.newPage());
  const { page } = sharing;
  try {
    await sharing.goto(origin);
    await page.getByTestId('file-input').waitFor({ state: 'attached' });
    await page.evaluate(() => {
      const times = { chosen: 0, linked: 0 };
      Object.assign(globalThis, { times });
      addEventListener('change', () => (times.chosen ||= performance.now()), { capture: true });
      new MutationObserver(() => {
        if (document.querySelector('[data-testid="share"][data-state="sharing"]') === null) return;
        times.linked ||= performance.now();
      }).observe(document.body, { subtree: true, childList: true, attributes: true });
    });
    await page.getByTestId('file-input').setInputFiles(file);
    await sharing.waitForState('sharing', PATIENCE_MS);
    const took = await page.evaluate(() => {
      const { times } = globalThis as unknown as { times: { chosen: number; linked: number } };
      return times.linked - times.chosen;
    });
    await sharing.remove();
    return took;
  } finally {
    await page.close();
  }
}

async function measure(profile: Profile, origin: string, file: string, mib: number): Promise<void> {
  const bytes = mib * MIB;
  const samples = { bare: [] as number[], page: [] as number[] };
  const workers = await withBarePage(profile, BARE_WORKER, async (bare) => {
    const cores = await bare.evaluate(() => navigator.hardwareConcurrency);
    const count = Math.min(cores, MOST_WORKERS);
    for (let round = 0; round < rounds(); round++) {
      samples.bare.push((mib / (await runBare(bare, bytes, pieceLengthOf(bytes), count))) * 1000);
      samples.page.push((mib / (await runPage(profile, origin, file))) * 1000);
    }
    return count;
  });
  const [MiBps, bareMiBps] = [median(samples.page), median(samples.bare)];
  // Of each round by itself: a machine that is busy for a while slows both down.
  const ratio = median(samples.page.map((one, round) => one / (samples.bare[round] ?? Number.NaN)));
  console.log(`page: ${MiBps.toFixed(0)} MiB/s (${samples.page.map((one) => one.toFixed(0)).join(', ')})`);
  console.log(
    `bare, ${workers} workers: ${bareMiBps.toFixed(0)} MiB/s (${samples.bare.map((one) => one.toFixed(0)).join(', ')})`,
  );
  console.log(`ratio: ${ratio.toFixed(2)}`);
  reportJson({ mib, workers, MiBps, bareMiBps, ratio, rounds: samples });
}

const [server, profile] = [await Server.start(), await Profile.create()];
try {
  await withFolder(async (folder) => {
    const file = join(folder, 'shared.bin');
    const mib = mebibytes(USUAL_MIB);
    await writeRandomFile(file, mib * MIB, 'hash');
    await measure(profile, server.origin, file, mib);
  });
} finally {
  await Promise.all([server.stop(), profile.remove()]);
}
