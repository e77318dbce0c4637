import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { withFolder, writeRandomFile } from '../support/files.ts';
import { expect, test } from '../support/network.ts';
import type { SharePage } from '../support/sharePage.ts';
import { withStaticSite } from '../support/staticSite.ts';
import { hashesInZip } from '../support/zip.ts';

const MIB = 1024 * 1024;

test('once visited, the page opens with the server gone, saves what it has, and goes on after one invitation', async ({
  startServer,
  joinAt,
  joinWithBrowser,
}) => {
  await withFolder(async (folder) => {
    for (const name of ['a.txt', 'b.txt']) await writeFile(join(folder, name), name);
    const film = join(folder, 'film.bin');
    const hash = await writeRandomFile(film, 4 * MIB);
    const server = await startServer();
    const sender = await joinAt(server.origin);
    const [texts, sending] = [await sender.newTab(), await sender.newTab()];
    await texts.goto(server.origin);
    const link = await texts.shareFiles([join(folder, 'a.txt'), join(folder, 'b.txt')]);
    await sending.goto(server.origin);
    const receiver = await joinWithBrowser({ origin: server.origin });
    const receiving = await receiver.newTab();
    await receiving.receive(link);
    await receiving.download();
    await receiving.page.getByTestId('language').selectOption('de');
    await sending.limitUpload(256);
    await receiving.receive(await sending.shareFiles([film]));
    await receiving.press('download');
    await Promise.all([sending.kept(), receiving.kept()]);
    await expect.poll(() => receiving.progress()).toBeGreaterThan(3);
    const before = await receiving.progress();

    await server.kill();
    await receiver.leave();
    await receiver.comeBack();
    const later = await receiver.newTab();
    await later.goto(server.origin);
    await expect(later.page.locator('html')).toHaveAttribute('lang', 'de');
    await later.items.filter({ hasText: 'film.bin' }).getByRole('button').first().click();
    await later.waitForState('downloading');
    expect(await later.progress()).toBeGreaterThanOrEqual(before);
    await sending.limitUpload(8192);
    await sending.bringIn(later);
    await later.waitForState('complete');
    expect((await later.save('film.bin')).hash).toBe(hash);

    await later.goto(server.origin);
    await later.items.last().getByRole('button').first().click();
    await expect(later.rows).toHaveCount(2);
    await later.waitForState('complete');
    await expect(later.page.getByTestId('ways')).toContainText(`localhost:${server.port}`);
    expect((await later.save('a.txt')).name).toBe('a.txt');
    expect((await later.saveAll(hashesInZip)).size).toBe(2);
    // Nobody answers at the server's address.
    for (const { watcher } of [sender, receiver]) watcher.problems.splice(0);
  });
});

test('the server is gone: a second tab of the same browser opens the share and goes on through the first', async ({
  startServer,
  joinAt,
}) => {
  test.setTimeout(180_000);
  await withFolder(async (folder) => {
    const path = join(folder, 'film.bin');
    const hash = await writeRandomFile(path, 8 * MIB);
    const server = await startServer();
    const sender = await joinAt(server.origin);
    const sending = await sender.newTab();
    await sending.goto(server.origin);
    await sending.limitUpload(256);
    const link = await sending.shareFiles([path]);
    const receiver = await joinAt(server.origin);
    const first = await receiver.newTab();
    await first.receive(link);
    await first.press('download');
    await expect.poll(() => first.progress()).toBeGreaterThan(3);
    await first.kept();

    await server.kill();
    const second = await receiver.newTab();
    await second.goto(link);
    await second.waitForState('downloading');
    await expect(second.page.getByTestId('ways')).toContainText('1 other tab of this browser');
    await expect.poll(() => second.count('peers')).toBeGreaterThan(0);
    await second.page.reload();
    await expect.poll(() => second.count('peers')).toBeGreaterThan(0);
    await sending.limitUpload(8192);
    for (const tab of [first, second]) await tab.waitForState('complete');
    await first.page.close();
    expect((await second.save('film.bin')).hash).toBe(hash);
    receiver.watcher.problems.splice(0);
    sender.watcher.problems.splice(0);
  });
});

test('five share, the server dies, and a sixth, in another tab of one of them, finds the others with no codes', async ({
  startServer,
  joinAt,
}) => {
  test.setTimeout(240_000);
  await withFolder(async (folder) => {
    const path = join(folder, 'film.bin');
    const hash = await writeRandomFile(path, 6 * MIB);
    const server = await startServer();
    const people = await Promise.all(Array.from({ length: 5 }, () => joinAt(server.origin)));
    const tabs = await Promise.all(people.map((person) => person.newTab()));
    const [sending, ...receivers] = tabs as [SharePage, ...SharePage[]];
    await sending.goto(server.origin);
    await sending.limitUpload(128);
    const link = await sending.shareFiles([path]);
    await Promise.all(receivers.map((each) => each.receive(link).then(() => each.press('download'))));
    const [host] = receivers;
    await expect.poll(() => host!.count('peers')).toBeGreaterThan(2);
    await host!.kept();

    await server.kill();
    const sixth = await people[1]!.newTab();
    await sixth.goto(link);
    await sixth.waitForState('downloading');
    await expect.poll(() => sixth.count('peers'), { timeout: 60_000 }).toBeGreaterThan(3);
    await sending.limitUpload(8192);
    await sixth.waitForState('complete', 120_000);
    for (const { page } of receivers) await page.close();
    expect((await sixth.save('film.bin')).hash).toBe(hash);
    for (const { watcher } of people) watcher.problems.splice(0);
  });
});

test('served as bare files from a folder, the page works with a tracker elsewhere', async ({
  startServer,
  joinAt,
}) => {
  await withFolder(async (folder) => {
    const path = join(folder, 'song.bin');
    const hash = await writeRandomFile(path, 2 * MIB);
    const server = await startServer({ ALLOWED_ORIGINS: '*' });
    const sending = await (await joinAt(server.origin)).newTab();
    await sending.goto(server.origin);
    const code = (await sending.shareFiles([path])).split('#')[1] ?? '';
    await withStaticSite(async (site) => {
      const receiver = await joinAt(site.address);
      const receiving = await receiver.newTab();
      await receiving.goto(
        `${site.address}#${code}&tr=${encodeURIComponent(`ws://localhost:${server.port}`)}`,
      );
      await receiving.page.getByTestId('ask-trackers').click();
      await receiving.waitForState('ready');
      await receiving.download();
      expect(await receiving.save('song.bin')).toEqual({ name: 'song.bin', hash });
      await expect(receiving.page).toHaveURL(new RegExp(`^${site.address}#${code}&tr=`));
      // There is no tracker where the page comes from, and one where it was told to look.
      const expected = new RegExp(`socket\\.io|^another host: (?:http|ws)://localhost:${server.port}/`);
      const problems = receiver.watcher.problems.splice(0);
      expect(problems.filter((problem) => !expected.test(problem))).toEqual([]);
    });
  });
});

test('a newer version is said, used when asked for, and by whoever comes next', async ({ joinAt }) => {
  await withStaticSite(async (site) => {
    const visitor = await joinAt(site.address);
    const tab = await visitor.newTab();
    await tab.goto(site.address);
    await tab.kept();

    const newer = await site.publish();
    await tab.page.evaluate(() =>
      navigator.serviceWorker.ready.then((registration) => registration.update()).then(() => true),
    );
    const note = tab.page.getByTestId('new-version');
    await expect(note).toBeVisible();
    const newerScript = ({ page }: SharePage) => page.locator(`script[src*="${newer}"]`).first();
    await expect(newerScript(tab)).not.toBeAttached();
    const other = await visitor.newTab();
    await other.goto(site.address);
    await expect(newerScript(other)).toBeAttached();
    await other.page.close();
    await note.getByRole('button', { name: 'Use it now' }).click();
    await expect(newerScript(tab)).toBeAttached();
    const waiting = () =>
      tab.page.evaluate(async () => (await navigator.serviceWorker.ready).waiting !== null);
    await expect.poll(waiting).toBe(false);
    await expect(note).toBeHidden();
  });
});
