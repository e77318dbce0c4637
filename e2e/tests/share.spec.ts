import { join } from 'node:path';
import { withFolder, writeRandomFile } from '../support/files.ts';
import { expect, test } from '../support/test.ts';

const MIB = 1024 * 1024;

test('one sender, one receiver: a file', async ({ server, join: newcomer }) => {
  await withFolder(async (folder) => {
    const path = join(folder, 'song.bin');
    const hash = await writeRandomFile(path, 8 * MIB);
    const [sender, receiver] = [await newcomer(), await newcomer()];
    const sending = await sender.newTab();
    await sending.goto(server.origin);
    const link = await sending.shareFiles([path]);
    const receiving = await receiver.newTab();
    await receiving.receive(link);
    await expect(receiving.row('song.bin')).toBeVisible();
    await receiving.download();
    expect(await receiving.save('song.bin')).toEqual({ name: 'song.bin', hash });
  });
});
