import { PieceDatabase } from '../../support/pieceDatabase.ts';
import { withFolder } from '../../support/files.ts';
import { expect, test } from '../../support/test.ts';
import { delivered, underWay } from '../../support/transfer.ts';

const MIB = 1024 * 1024;
const SLOW = 90_000;

test('row 40: one share in two tabs: both complete from one store; removed in one, the other says so', async ({
  server,
  join: newcomer,
}) => {
  await withFolder(async (folder) => {
    const size = 8 * MIB;
    const { receiver, receiving, link, hash } = await underWay({ server, newcomer, folder, size }, 20);
    const second = await receiver.newTab();
    await second.goto(link);
    await second.waitForState('downloading');
    expect(await second.progress()).toBeGreaterThanOrEqual(20);
    for (const tab of [receiving, second]) {
      await tab.waitForState('complete', SLOW);
      expect((await tab.save('long.bin')).hash).toBe(hash);
    }
    const pieces = await new PieceDatabase(second.page, link).keys();
    expect(pieces).toEqual(pieces.map((_, place) => place));
    expect((await second.databases()).filter((name) => name.startsWith('shoal'))).toHaveLength(2);

    await receiving.remove();
    await second.waitForState('error');
    await expect(second.error).toHaveAttribute('data-code', 'storage-gone');
    await expect(second.error).toContainText('It was removed in another tab');
    await expect(receiving.items).toHaveCount(0);
    await receiving.page.reload();
    await expect(receiving.page.getByTestId('link-input')).toBeVisible();
    await expect(receiving.items).toHaveCount(0);

    // The other may have it again, from the beginning.
    await second.press('resume');
    await second.waitForState('complete', SLOW);
    expect((await second.save('long.bin')).hash).toBe(hash);
    expect(await second.value('downloaded')).toBeGreaterThanOrEqual(size);
  });
});

test('row 40: one share from two tabs: removed in one, the other stops serving and says so', async ({
  server,
  join: newcomer,
}) => {
  await withFolder(async (folder) => {
    const transfer = await delivered({ server, newcomer, folder, size: MIB });
    const { sender, sending, receiver, link, path, hash } = transfer;
    const second = await sender.newTab();
    await second.goto(link);
    await second.waitForState('error');
    expect(await second.shareFiles([path])).toBe(link);
    await sending.remove();
    await second.waitForState('error');
    await expect(second.error).toHaveAttribute('data-code', 'removed-elsewhere');
    await expect(second.error).toContainText('This share was removed in another tab.');

    await receiver.leave();
    const third = await (await newcomer()).newTab();
    await third.goto(link);
    await expect(third.trouble).toContainText('Nobody who has this is here right now.');
    await second.press('resume');
    await second.waitForState('sharing');
    await third.waitForState('ready');
    await third.download();
    expect((await third.save('long.bin')).hash).toBe(hash);
  });
});
