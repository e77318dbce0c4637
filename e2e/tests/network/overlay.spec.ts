import { join } from 'node:path';
import { withFolder, writeRandomFile } from '../../support/files.ts';
import { expect, test } from '../../support/network.ts';
import type { SharePage } from '../../support/sharePage.ts';

const MIB = 1024 * 1024;
const SIZE = 2 * MIB;
/** What is needed without a server is fetched ten seconds after the page has begun. */
const FETCHED_MS = 30_000;

/** Waits until the page has fetched what is needed when the server is gone. */
async function fetched(page: SharePage['page']): Promise<void> {
  const scripts = () =>
    page.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .map(({ name }) => name)
        .join(' '),
    );
  await expect.poll(scripts, { timeout: FETCHED_MS }).toContain('Invite');
}

test('four share, the server dies, and a fifth comes in by codes and finds them all', async ({
  startServer,
  joinAt,
}) => {
  test.setTimeout(240_000);
  await withFolder(async (folder) => {
    const path = join(folder, 'orphan.bin');
    const hash = await writeRandomFile(path, SIZE);
    const server = await startServer();
    const newTab = async () => (await joinAt(server.origin)).newTab();
    const sending = await newTab();
    await sending.goto(server.origin);
    const link = await sending.shareFiles([path]);
    const members = [sending];
    for (let number = 0; number < 3; number++) {
      const receiving = await newTab();
      await receiving.receive(link);
      await receiving.download();
      members.push(receiving);
    }
    const fifth = await newTab();
    await fifth.goto(server.origin);
    for (const { page } of members) await fetched(page);
    await fifth.page.evaluate(() => navigator.serviceWorker.ready.then(() => true));

    await server.kill();
    await fifth.openTyped(link);
    await fifth.waitForState('connecting');
    const [, host] = members;
    await host!.bringIn(fifth);
    await fifth.waitForState('ready');
    await fifth.press('download');
    await fifth.waitForState('complete');
    await expect.poll(() => fifth.count('peers')).toBe(4);
    expect((await fifth.save('orphan.bin')).hash).toBe(hash);
  });
});
