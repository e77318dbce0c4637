import { join } from 'node:path';
import { withFolder, writeRandomFile } from '../support/files.ts';
import { infoHashIn } from '../support/link.ts';
import { expect, test } from '../support/test.ts';

const KIB = 1024;

test('two shares are remembered; the one removed leaves nothing behind', async ({
  server,
  join: newcomer,
}) => {
  await withFolder(async (folder) => {
    const [sender, receiver] = [await newcomer(), await newcomer()];
    const sending = await sender.newTab();
    const receiving = await receiver.newTab();
    for (const name of ['first.bin', 'second.bin']) {
      const path = join(folder, name);
      await writeRandomFile(path, 200 * KIB);
      await sending.goto(server.origin);
      await receiving.receive(await sending.shareFiles([path]));
      await receiving.download();
      await sending.goHome();
    }
    await expect(sending.items).toHaveCount(2);
    await receiving.page.goto('about:blank');
    await receiving.goto(server.origin);
    await expect(receiving.items).toHaveText([/second\.bin/, /first\.bin/]);
    const before = await receiving.databases();
    expect(before.filter((name) => /^shoal-[0-9a-f]{40}$/.test(name))).toHaveLength(2);

    await receiving.items
      .filter({ hasText: 'first.bin' })
      .getByRole('button', { name: 'first.bin', exact: true })
      .click();
    await receiving.waitForState('complete');
    const id = infoHashIn(receiving.page.url());
    await receiving.remove();
    await expect(receiving.items).toHaveText([/second\.bin/]);
    // Not at once: for some seconds the removal can be taken back.
    await expect
      .poll(() => receiving.databases(), { timeout: 60_000 })
      .toEqual(before.filter((name) => name !== `shoal-${id}`));
    await receiving.page.reload();
    await expect(receiving.items).toHaveText([/second\.bin/]);
    await receiving.items.getByRole('button', { name: 'second.bin', exact: true }).click();
    await receiving.waitForState('complete');
  });
});

test('the settings are kept across visits', async ({ server, joinWithBrowser: newcomer }) => {
  const visitor = await newcomer();
  const tab = await visitor.newTab();
  await tab.goto(server.origin);
  const limit = tab.page.getByTestId('upload-limit');
  await expect(limit).toHaveValue('');
  await tab.limitUpload(321);
  const finding = tab.page.getByTestId('finding');
  await finding.locator('summary').press('Enter');
  await expect(finding.getByRole('radio', { name: 'While a share is open' })).toBeChecked();
  await finding.getByRole('radio', { checked: true }).press('ArrowUp');
  await tab.page.reload();
  await expect(limit).toHaveValue('321');
  await finding.locator('summary').press('Enter');
  await expect(finding.getByRole('radio', { name: 'Never take part' })).toBeChecked();
  await visitor.leave();
  await visitor.comeBack();
  const again = await visitor.newTab();
  await again.goto(server.origin);
  await expect(again.page.getByTestId('upload-limit')).toHaveValue('321');
});
