import { join } from 'node:path';
import { withFolder, writeRandomFile } from '../../support/files.ts';
import { expect, test } from '../../support/network.ts';
import { infoHashIn } from '../../support/link.ts';
import { TrackerGuest } from '../../support/trackerGuest.ts';

const MIB = 1024 * 1024;
const SIZE = 8 * MIB;
const SENDER_LIMIT_KIB = 1024;
/** The longest pause between two tries to reach the tracker, and some time to connect. */
const RETURN_MS = 60_000;

/** Waits until the tracker has been told of so many. Whoever asks holds no key, so that nobody minds it. */
async function membersKnown(origin: string, link: string, count: number): Promise<void> {
  const guest = await TrackerGuest.join(origin);
  const known = async () => (await guest.announce(infoHashIn(link), '', false)).length;
  await expect.poll(known, { timeout: RETURN_MS }).toBe(count);
  guest.leave();
}

test('the tracker is killed in mid-transfer, which goes on; back again, a newcomer finds everybody', async ({
  startServer,
  joinAt,
}) => {
  test.setTimeout(240_000);
  await withFolder(async (folder) => {
    const path = join(folder, 'orphan.bin');
    const hash = await writeRandomFile(path, SIZE);
    const server = await startServer();
    const sending = await (await joinAt(server.origin)).newTab();
    await sending.goto(server.origin);
    await sending.limitUpload(SENDER_LIMIT_KIB);
    const link = await sending.shareFiles([path]);
    const receiving = await (await joinAt(server.origin)).newTab();
    await receiving.receive(link);
    await receiving.press('download');
    await expect.poll(() => receiving.progress()).toBeGreaterThan(15);
    // It comes from the server too, three seconds after the page.
    for (const { page } of [sending, receiving])
      await page.evaluate(() => navigator.serviceWorker.ready.then(() => true));

    await server.kill();
    expect(await receiving.progress()).toBeLessThan(80);
    await expect(sending.page.getByText('cannot be reached')).toBeVisible();
    await receiving.waitForState('complete');
    await expect(receiving.error).toHaveCount(0);
    await expect(receiving.trouble).toHaveCount(0);
    expect(await receiving.save('orphan.bin')).toEqual({ name: 'orphan.bin', hash });

    await startServer({ PORT: String(server.port) });
    await membersKnown(server.origin, link, 2);
    await expect(sending.page.getByText('cannot be reached')).toBeHidden();
    await receiving.limitUpload(SENDER_LIMIT_KIB);
    const newly = await (await joinAt(server.origin)).newTab();
    await newly.receive(link);
    await newly.press('download');
    await expect.poll(() => newly.count('peers')).toBe(2);
    await newly.waitForState('complete');
    expect((await newly.save('orphan.bin')).hash).toBe(hash);
  });
});
