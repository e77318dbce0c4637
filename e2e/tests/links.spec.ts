import { join } from 'node:path';
import { withFolder, writeRandomFile } from '../support/files.ts';
import { cutShort, withOtherKey, withTypo } from '../support/link.ts';
import { expect, test } from '../support/test.ts';

const KIB = 1024;

test('links that do not open are told apart, in words', async ({ server, join: newcomer }) => {
  await withFolder(async (folder) => {
    const path = join(folder, 'secret.bin');
    const hash = await writeRandomFile(path, 100 * KIB);
    const [sender, receiver] = [await newcomer(), await newcomer()];
    const sending = await sender.newTab();
    await sending.goto(server.origin);
    const link = await sending.shareFiles([path]);
    const receiving = await receiver.newTab();
    const expectError = async (words: string) => {
      await receiving.waitForState('error');
      await expect(receiving.error).toHaveRole('alert');
      await expect(receiving.error).toContainText(words);
    };

    await receiving.goto(withOtherKey(link));
    await expectError('The key in this link is wrong.');
    for (const place of [0, 1, 27, 30, 51]) {
      await receiving.goto(withTypo(link, place));
      await expectError('There is a typing error in this link.');
    }
    for (const characters of [51, 30, 1]) {
      await receiving.goto(cutShort(link, characters));
      await expectError(`This link is cut short: ${characters} of 52 characters arrived.`);
    }
    for (const nonsense of [`${link}AAAA`, `${server.origin}/#what%20is%20this`]) {
      await receiving.goto(nonsense);
      await expectError('This is not a Shoal link.');
    }
    await receiving.goHome();
    await receiving.openTyped('hello, is this a link?');
    await expectError('This is not a Shoal link.');

    // None of them stands in the way of the right one, pasted where the error was told.
    await receiving.openTyped(link);
    await receiving.waitForState('ready');
    await expect(receiving.error).toBeHidden();
    await receiving.download();
    expect((await receiving.save('secret.bin')).hash).toBe(hash);
  });
});

test('a wrong key does no harm where the right one is known', async ({ server, join: newcomer }) => {
  await withFolder(async (folder) => {
    const path = join(folder, 'mine.bin');
    const hash = await writeRandomFile(path, 100 * KIB);
    const [sender, receiver] = [await newcomer(), await newcomer()];
    const sending = await sender.newTab();
    await sending.goto(server.origin);
    const link = await sending.shareFiles([path]);
    const receiving = await receiver.newTab();
    await receiving.receive(link);
    await receiving.download();
    await receiving.goto(withOtherKey(link));
    await expect(receiving.page).toHaveURL(link);
    await receiving.waitForState('complete');
    expect((await receiving.save('mine.bin')).hash).toBe(hash);
  });
});

test('nobody there: told after a while, and the sharer coming back ends it', async ({
  server,
  joinWithBrowser: newcomer,
}) => {
  await withFolder(async (folder) => {
    const path = join(folder, 'patience.bin');
    const hash = await writeRandomFile(path, 300 * KIB);
    const [sender, receiver] = [await newcomer(), await newcomer()];
    const sending = await sender.newTab();
    await sending.goto(server.origin);
    const link = await sending.shareFiles([path]);
    await sender.leave();

    const receiving = await receiver.newTab();
    await receiving.goto(link);
    await expect(receiving.trouble).toContainText('Nobody who has this is here right now.', {
      timeout: 60_000,
    });
    await receiving.waitForState('connecting');
    await expect(receiving.error).toBeHidden();

    await sender.comeBack();
    const again = await sender.newTab();
    await again.goto(link);
    await again.waitForState('error');
    await expect(again.error).toContainText('Choose the files again');
    expect(await again.shareFiles([path])).toBe(link);
    await receiving.waitForState('ready');
    await expect(receiving.trouble).toBeHidden();
    await receiving.download();
    expect((await receiving.save('patience.bin')).hash).toBe(hash);
  });
});
