import { stat, utimes, writeFile } from 'node:fs/promises';
import { withFolder, writeRandomFile } from '../../support/files.ts';
import { expect, test } from '../../support/test.ts';
import { offered, underWay } from '../../support/transfer.ts';

const MIB = 1024 * 1024;
const SLOW = 90_000;

test('row 43: the file changes on disk while it is shared: the share stops and names it; given back, it goes on', async ({
  server,
  join: newcomer,
}) => {
  await withFolder(async (folder) => {
    const size = 48 * MIB;
    const wish = { server, newcomer, folder, name: 'thesis.bin', size, limit: 4096 };
    const { sending, receiving, link, path, hash } = await underWay(wish, 5);
    await writeRandomFile(path, size, 'another content');
    await sending.waitForState('error', SLOW);
    await expect(sending.error).toHaveAttribute('data-code', 'file-unreadable');
    await expect(sending.error).toContainText('thesis.bin');
    await receiving.waitForState('downloading');

    await sending.page.getByTestId('file-input').setInputFiles(path);
    await expect(sending.error).toHaveAttribute('data-code', 'files-differ', { timeout: SLOW });
    await writeRandomFile(path, size, path);
    await sending.limitUpload(0);
    expect(await sending.shareFiles([path])).toBe(link);
    await receiving.waitForState('complete', SLOW);
    expect((await receiving.save('thesis.bin')).hash).toBe(hash);
    // What was wrong never came: every byte came once.
    expect(await receiving.value('downloaded')).toBeLessThan(size + 2 * MIB);
  });
});

test('row 43: changed so that no date tells: not one wrong byte is served', async ({
  server,
  join: newcomer,
}) => {
  await withFolder(async (folder) => {
    const transfer = await offered({ server, newcomer, folder, name: 'thesis.bin', size: 3 * MIB });
    const { sending, receiving, path } = transfer;
    const { atime, mtime } = await stat(path);
    await writeFile(path, Buffer.alloc(3 * MIB, 'x'));
    await utimes(path, atime, mtime);
    await receiving.press('download');
    await sending.waitForState('error', SLOW);
    expect(await sending.error.getAttribute('data-code')).toMatch(/^(?:files-differ|file-unreadable)$/);
    await expect(sending.error).toContainText('thesis.bin');
    await receiving.waitForState('downloading');
    expect(await receiving.value('downloaded')).toBe(0);
    expect(await receiving.progress()).toBe(0);
  });
});
