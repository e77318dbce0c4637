import { join } from 'node:path';
import type { Page } from 'playwright';
import { MIB, report, rounds } from '../support/bench.ts';
import { withFolder, writeRandomFile } from '../support/files.ts';
import { Profile } from '../support/profile.ts';
import { Server } from '../support/server.ts';
import { SharePage } from '../support/sharePage.ts';
import { measureRawChannel, RAW_BYTES } from './rawChannel.ts';

/** One share from profile to profile through the real page, in MiB/s: from Download pressed to `complete`. */
async function measureShare(from: Profile, to: Profile, origin: string, file: string): Promise<number> {
  const sender = new SharePage(await from.newPage());
  const receiver = new SharePage(await to.newPage());
  try {
    await sender.goto(origin);
    await receiver.receive(await sender.shareFiles([file]));
    const milliseconds = await pressAndTime(receiver.page);
    await receiver.remove();
    await sender.remove();
    return RAW_BYTES / MIB / (milliseconds / 1000);
  } finally {
    await Promise.all([sender.page.close(), receiver.page.close()]);
  }
}

/** On the page's own clock, so that the script's way to the browser does not count. */
async function pressAndTime(page: Page): Promise<number> {
  await page.locator('[data-testid="download"]:enabled').waitFor();
  return page.evaluate(async () => {
    const completed = new Promise<void>((resolve) => {
      new MutationObserver((_, observer) => {
        if (document.querySelector('[data-testid="share"][data-state="complete"]') === null) return;
        observer.disconnect();
        resolve();
      }).observe(document.body, { subtree: true, childList: true, attributes: true });
    });
    const started = performance.now();
    document.querySelector<HTMLElement>('[data-testid="download"]')?.click();
    await completed;
    return performance.now() - started;
  });
}

async function measureAll(origin: string, file: string): Promise<void> {
  const [from, to] = [await Profile.create(), await Profile.create()];
  const samples = { raw: [] as number[], shoal: [] as number[] };
  try {
    for (let round = 0; round < rounds(); round++) {
      samples.raw.push(await measureRawChannel(from, to));
      samples.shoal.push(await measureShare(from, to, origin, file));
    }
  } finally {
    await Promise.all([from.remove(), to.remove()]);
  }
  report(samples);
}

const server = await Server.start();
try {
  await withFolder(async (folder) => {
    const file = join(folder, 'sixty-four.bin');
    await writeRandomFile(file, RAW_BYTES, 'transfer');
    await measureAll(server.origin, file);
  });
} finally {
  await server.stop();
}
