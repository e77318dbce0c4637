import { join } from 'node:path';
import { withFolder, writeRandomFile } from '../../support/files.ts';
import { findFirefox, Firefox } from '../../support/firefox.ts';
import { expect, test } from '../../support/test.ts';

const SIZE = 4 * 1024 * 1024 + 5;
const path = findFirefox();

async function withFirefox(use: (firefox: Firefox) => Promise<void>): Promise<void> {
  const firefox = await Firefox.start(path!);
  try {
    await use(firefox);
    expect(firefox.problems).toEqual([]);
  } finally {
    await firefox.remove();
  }
}

test.describe('Firefox', () => {
  test.skip(path === undefined, 'no Firefox is installed: set SHOAL_FIREFOX, or put firefox on the PATH');

  test('from Chromium to Firefox', async ({ server, join: newcomer }) => {
    await withFolder(async (folder) => {
      const file = join(folder, 'to-firefox.bin');
      const hash = await writeRandomFile(file, SIZE);
      const sending = await (await newcomer()).newTab();
      await sending.goto(server.origin);
      const link = await sending.shareFiles([file]);
      await withFirefox(async (firefox) => {
        await firefox.goto(link);
        await firefox.waitForState('ready');
        await firefox.press('download');
        await firefox.waitForState('complete');
        expect(await firefox.save('to-firefox.bin')).toBe(hash);
      });
    });
  });

  test('from Firefox to Chromium', async ({ server, join: newcomer }) => {
    await withFolder(async (folder) => {
      const file = join(folder, 'from-firefox.bin');
      const hash = await writeRandomFile(file, SIZE);
      await withFirefox(async (firefox) => {
        await firefox.goto(server.origin);
        const link = await firefox.shareFiles([file]);
        const receiving = await (await newcomer()).newTab();
        await receiving.receive(link);
        await receiving.download();
        expect(await receiving.save('from-firefox.bin')).toEqual({ name: 'from-firefox.bin', hash });
      });
    });
  });
});
