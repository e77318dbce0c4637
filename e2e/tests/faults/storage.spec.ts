import { join } from 'node:path';
import { PieceDatabase } from '../../support/pieceDatabase.ts';
import { beforeEngine } from '../../support/engineRealm.ts';
import { withFolder, writeRandomFile } from '../../support/files.ts';
import { expect, test } from '../../support/test.ts';
import { delivered, underWay } from '../../support/transfer.ts';

const MIB = 1024 * 1024;
const SLOW = 90_000;
const DAY = 86_400_000;

/** Runs in a page or worker: its wall clock is so far ahead from now on. */
function shiftClock(milliseconds: number): void {
  const realm: { realNow?: () => number } = globalThis as object;
  const now = (realm.realNow ??= Date.now.bind(Date));
  Date.now = () => now() + milliseconds;
}

test('row 34: no room left: it says so and keeps what is here; with room again, Resume goes on', async ({
  server,
  joinWithBrowser: newcomer,
}) => {
  await withFolder(async (folder) => {
    const path = join(folder, 'long.bin');
    const hash = await writeRandomFile(path, 16 * MIB);
    const [sender, receiver] = [await newcomer(), await newcomer()];
    const [sending, receiving] = [await sender.newTab(), await receiver.newTab()];
    await sending.goto(server.origin);
    const link = await sending.shareFiles([path]);
    // From the start: how much room there is, Chromium asks once and then believes for a while.
    const browser = await receiver.context.newCDPSession(receiving.page);
    const { origin } = server;
    await browser.send('Storage.overrideQuotaForOrigin', { origin, quotaSize: 8 * MIB });
    await receiving.receive(link);
    await receiving.press('download');
    await receiving.waitForState('error', SLOW);
    await expect(receiving.error).toHaveAttribute('data-code', 'storage-full');
    await expect(receiving.error).toContainText('There is no room left in this browser’s storage.');
    const pieces = new PieceDatabase(receiving.page, link);
    const had = await pieces.keys();
    expect(had.length).toBeGreaterThan(10);
    await expect(receiving.share).toContainText('of 16.8 MB');
    const kept = await receiving.progress();
    expect(kept).toBeGreaterThan(0);

    // Without more room, asking again changes nothing; a reload neither loses nor claims anything.
    await receiving.page.reload();
    await expect(receiving.error).toHaveAttribute('data-code', 'storage-full', { timeout: SLOW });
    expect(await pieces.keys()).toEqual(expect.arrayContaining([...had]));
    expect(await receiving.progress()).toBeGreaterThanOrEqual(kept);

    await browser.send('Storage.overrideQuotaForOrigin', { origin });
    const sentInVain = await sending.value('uploaded');
    await receiving.press('resume');
    await receiving.waitForState('complete', SLOW);
    expect((await receiving.save('long.bin')).hash).toBe(hash);
    // What was here was not fetched again; what could not be stored was.
    const missing = 16 * MIB * (1 - had.length / (await pieces.keys()).length);
    expect((await sending.value('uploaded')) - sentInVain).toBeLessThan(missing + 2 * MIB);
  });
});

test('row 35: storage cleared beneath a download: nothing is claimed that is gone, and it begins anew', async ({
  server,
  joinWithBrowser: newcomer,
}) => {
  await withFolder(async (folder) => {
    const { receiver, receiving, link, hash } = await underWay({ server, newcomer, folder }, 30);
    const browser = await receiver.context.newCDPSession(receiving.page);
    await browser.send('Storage.clearDataForOrigin', { origin: server.origin, storageTypes: 'indexeddb' });
    await receiving.waitForState('error');
    await expect(receiving.error).toHaveAttribute('data-code', 'storage-gone');
    await expect(receiving.error).toContainText('What was stored of this share is gone.');
    expect(await new PieceDatabase(receiving.page, link).keys()).toEqual([]);
    await receiving.press('resume');
    await receiving.waitForState('complete', SLOW);
    expect((await receiving.save('long.bin')).hash).toBe(hash);
    await receiving.page.reload();
    await receiving.waitForState('complete');
  });
});

test('row 35: pieces evicted while the page was closed are fetched anew', async ({
  server,
  joinWithBrowser: newcomer,
}) => {
  await withFolder(async (folder) => {
    const { receiving, link, hash } = await delivered({ server, newcomer, folder, size: 3 * MIB });
    const pieces = await new PieceDatabase(receiving.page, link).fromIdlePage(server.origin);
    expect(await pieces.remove()).toBe('deleted');
    await receiving.recordStates();
    await receiving.goto(link);
    await receiving.waitForState('complete');
    expect(await receiving.recordedStates()).toContain('downloading');
    expect(await receiving.value('downloaded')).toBeGreaterThanOrEqual(3 * MIB);
    expect((await receiving.save('long.bin')).hash).toBe(hash);
  });
});

test('row 36: no IndexedDB: it works from memory, and both sides are told what that means', async ({
  server,
  joinWithBrowser: newcomer,
}) => {
  await withFolder(async (folder) => {
    const without = async () => {
      const somebody = await newcomer();
      await beforeEngine(somebody.context, () => {
        Object.defineProperty(globalThis, 'indexedDB', { value: undefined });
      });
      return somebody;
    };
    const transfer = await delivered({ server, newcomer: without, folder, size: 3 * MIB });
    const { sending, receiving, hash } = transfer;
    await expect(receiving.page.getByTestId('passing')).toContainText('gone when this tab closes');
    await expect(sending.page.getByTestId('passing')).toContainText('its link stops working');
    expect((await receiving.save('long.bin')).hash).toBe(hash);
    expect(await receiving.databases()).toEqual([]);
  });
});

test('row 39: a stored piece that rots is noticed before it is saved, and fetched again', async ({
  server,
  joinWithBrowser: newcomer,
}) => {
  await withFolder(async (folder) => {
    const { receiving, link, hash } = await delivered({ server, newcomer, folder, size: 3 * MIB });
    // Without the pieces that are still in memory.
    await receiving.page.reload();
    await receiving.waitForState('complete');
    const pieces = new PieceDatabase(receiving.page, link);
    const keys = await pieces.keys();
    await pieces.rot(keys[keys.length >> 1]!);
    const [download] = await Promise.all([
      receiving.page.waitForEvent('download'),
      receiving.row('long.bin').getByTestId('save').click(),
    ]);
    expect(await download.failure()).not.toBeNull();
    await expect.poll(() => receiving.value('downloaded')).toBeGreaterThan(0);
    await receiving.waitForState('complete');
    expect((await receiving.save('long.bin')).hash).toBe(hash);
  });
});

test('row 39: a stored piece that rots is noticed before it is served, and fetched again', async ({
  server,
  joinWithBrowser: newcomer,
}) => {
  await withFolder(async (folder) => {
    const { sender, sending, receiving, link, path, hash } = await delivered({
      server,
      newcomer,
      folder,
      size: 3 * MIB,
    });
    await receiving.page.reload();
    await receiving.waitForState('complete');
    const pieces = new PieceDatabase(receiving.page, link);
    await pieces.rot((await pieces.keys())[0]!);
    await sender.leave();
    const third = await (await newcomer()).newTab();
    await third.receive(link);
    await third.press('download');
    await receiving.waitForState('downloading');
    await third.waitForState('downloading');
    expect(await third.value('downloaded')).toBeLessThan(3 * MIB);

    await sender.comeBack();
    const again = await sender.newTab();
    await again.goto(link);
    await again.waitForState('error');
    await again.shareFiles([path]);
    expect(sending.page.isClosed()).toBe(true);
    for (const tab of [receiving, third]) {
      await tab.waitForState('complete');
      expect((await tab.save('long.bin')).hash).toBe(hash);
    }
  });
});

test('row 41: a later version of the page takes the storage over: this one lets go, and says what to do', async ({
  server,
  joinWithBrowser: newcomer,
}) => {
  await withFolder(async (folder) => {
    const { receiver, receiving, link, hash } = await underWay({ server, newcomer, folder }, 20);
    const later = await receiver.newTab();
    const pieces = await new PieceDatabase(later.page, link).fromIdlePage(server.origin);
    expect(await pieces.upgrade()).toBe('upgraded');
    await receiving.waitForState('error');
    await expect(receiving.error).toHaveAttribute('data-code', 'storage-held');
    await expect(receiving.error).toContainText('Close its other tabs, then reload this page.');
    await receiving.page.reload();
    await expect(receiving.error).toHaveAttribute('data-code', 'storage-held');

    // Where the later version is gone again, with what it had: this one begins anew.
    expect(await pieces.remove()).toBe('blocked');
    await later.page.close();
    await receiving.press('resume');
    await receiving.waitForState('complete', SLOW);
    expect((await receiving.save('long.bin')).hash).toBe(hash);
  });
});

test('row 42: the clock jumps by a day, ahead and back: nothing happens', async ({
  server,
  joinWithBrowser: newcomer,
}) => {
  await withFolder(async (folder) => {
    const { sending, receiving, hash } = await underWay({ server, newcomer, folder }, 10);
    for (const ahead of [DAY, -DAY, 0]) {
      for (const { page } of [sending, receiving])
        await Promise.all([
          page.evaluate(shiftClock, ahead),
          ...page.workers().map((worker) => worker.evaluate(shiftClock, ahead)),
        ]);
      const before = await receiving.progress();
      await expect.poll(() => receiving.progress(), { intervals: [100] }).toBeGreaterThan(before);
      expect(await receiving.count('peers')).toBe(1);
      expect(await receiving.value('eta')).toBeLessThan(3600);
    }
    await receiving.waitForState('complete', SLOW);
    expect((await receiving.save('long.bin')).hash).toBe(hash);
  });
});
