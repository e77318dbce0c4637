/**
 * `npm run bench -- resume [--json] [--rounds N] [--mib N]`: how long a browser that is opened again takes to go on with
 * a share of which nine pieces in ten are here: from navigation until the sender's page shows that something was asked
 * of it, which it shows at most ten times a second.
 */
import { truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { mebibytes, median, MIB, reportJson, rounds } from '../support/bench.ts';
import { withFolder } from '../support/files.ts';
import { PieceDatabase } from '../support/pieceDatabase.ts';
import { Profile } from '../support/profile.ts';
import { Server } from '../support/server.ts';
import { SharePage } from '../support/sharePage.ts';

const USUAL_MIB = 4096;
/** KiB a second: so little of what is missing comes that the next round misses it too. */
const UPLOAD_LIMIT = 512;
const PATIENCE_MS = 600_000;

/** Of a share of this size. */
function pieceLengthOf(bytes: number): number {
  let length = 64 * 1024;
  while (length < bytes / 2000) length *= 2;
  return Math.min(length, 4 * MIB);
}

/** A file that takes no room on the disk is shared; the link. */
async function share(sending: SharePage, origin: string, folder: string, mib: number): Promise<string> {
  const file = join(folder, 'sparse.bin');
  await writeFile(file, '');
  await truncate(file, mib * MIB);
  await sending.goto(origin);
  await sending.limitUpload(UPLOAD_LIMIT);
  await sending.page.getByTestId('file-input').setInputFiles(file);
  await sending.waitForState('sharing', PATIENCE_MS);
  return sending.link();
}

/** Begins a download, and then has it look as if it had come this far. */
async function prepare(
  page: Page,
  sending: SharePage,
  link: string,
  origin: string,
  mib: number,
): Promise<void> {
  const receiving = new SharePage(page);
  await receiving.receive(link);
  const asked = await watchUploads(sending.page);
  await receiving.press('download');
  await asked();
  const pieces = await new PieceDatabase(page, link).fromIdlePage(origin);
  const length = pieceLengthOf(mib * MIB);
  const count = Math.ceil((mib * MIB) / length);
  const here = Array.from({ length: count }, (_, piece) => piece).filter((piece) => piece % 10 !== 9);
  await pieces.fill(here, length);
}

/** From now on; what is returned resolves with the time, in milliseconds since 1970, at which more has been sent. */
async function watchUploads(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const before = document.querySelector('[data-testid="uploaded"]')?.getAttribute('data-value');
    const grown = new Promise<number>((resolve) => {
      const observer = new MutationObserver(() => {
        const sent = document.querySelector('[data-testid="uploaded"]')?.getAttribute('data-value');
        if (Number(sent ?? 0) <= Number(before ?? 0)) return;
        observer.disconnect();
        resolve(performance.timeOrigin + performance.now());
      });
      observer.observe(document.body, { subtree: true, childList: true, attributes: true });
    });
    Object.assign(globalThis, { grown });
  });
  return () => page.evaluate(() => (globalThis as unknown as { grown: Promise<number> }).grown);
}

/** What is under way when a page goes still arrives for a while. */
async function quiet(sending: SharePage): Promise<void> {
  await sending.page.locator('[data-testid="peers"][data-count="0"]').waitFor();
}

/** Milliseconds. */
async function resume(receiver: Profile, sending: SharePage, link: string): Promise<number> {
  await quiet(sending);
  await receiver.close();
  await receiver.open();
  const page = await receiver.newPage();
  const asked = await watchUploads(sending.page);
  await page.goto(link);
  const at = await asked();
  const took = at - (await page.evaluate(() => performance.timeOrigin));
  await page.close();
  return took;
}

async function measure(origin: string, folder: string, mib: number): Promise<void> {
  const [sender, receiver] = [await Profile.create(), await Profile.create()];
  try {
    const sending = new SharePage(await sender.newPage());
    const link = await share(sending, origin, folder, mib);
    await prepare(await receiver.newPage(), sending, link, origin, mib);
    const samples: number[] = [];
    for (let round = 0; round < rounds(); round++) samples.push(await resume(receiver, sending, link));
    const readyMs = median(samples);
    console.log(`ready: ${readyMs.toFixed(0)} ms (${samples.map((one) => one.toFixed(0)).join(', ')})`);
    reportJson({ mib, readyMs, rounds: { readyMs: samples } });
  } finally {
    await Promise.all([sender.remove(), receiver.remove()]);
  }
}

const server = await Server.start();
try {
  await withFolder((folder) => measure(server.origin, folder, mebibytes(USUAL_MIB)));
} finally {
  await server.stop();
}
