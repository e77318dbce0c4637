import { join } from 'node:path';
import { withFolder, writeRandomFile, writeRandomFolder } from '../support/files.ts';
import { expect, test } from '../support/test.ts';
import { hashesInZip } from '../support/zip.ts';

const KIB = 1024;
const MIB = 1024 * KIB;

test('one sender, one receiver: a file', async ({ server, joinWithBrowser: newcomer }) => {
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

const TREE = {
  'album/cover.bin': 300 * KIB + 7,
  'album/disc 1/first.bin': 2 * MIB + 1,
  'album/disc 1/empty.bin': 0,
  'album/disc 2/live/önska – 日本.bin': 64 * KIB,
  'album/disc 2/first.bin': 1,
};

test('one sender, one receiver: a nested folder with an empty file', async ({
  server,
  joinWithBrowser: newcomer,
}) => {
  await withFolder(async (folder) => {
    const hashes = await writeRandomFolder(folder, TREE);
    const [sender, receiver] = [await newcomer(), await newcomer()];
    const sending = await sender.newTab();
    await sending.goto(server.origin);
    const link = await sending.shareFolder(join(folder, 'album'));
    const receiving = await receiver.newTab();
    await receiving.receive(link);
    await expect(receiving.rows).toHaveCount(hashes.size);
    await receiving.download();

    for (const [path, hash] of hashes) {
      const [name = '', ...folders] = path.split('/').slice(1).reverse();
      const shown = [...folders.reverse().map((each) => `${each} / `), name].join('');
      expect(await receiving.save(shown)).toEqual({ name, hash });
    }
    const unpacked = await receiving.saveAll(hashesInZip);
    expect([...unpacked].sort()).toEqual([...hashes].sort());
  });
});

const SIZES = [
  ['nothing at all', 0],
  ['one byte', 1],
  ['one block', 16 * KIB],
  ['a multiple of blocks', 7 * 16 * KIB],
  ['a multiple of pieces', MIB],
  ['one byte more than a multiple of pieces', MIB + 1],
] as const;

for (const [what, size] of SIZES)
  test(`a file of ${what}`, async ({ server, join: newcomer }) => {
    await withFolder(async (folder) => {
      const path = join(folder, 'edge.bin');
      const hash = await writeRandomFile(path, size);
      const [sender, receiver] = [await newcomer(), await newcomer()];
      const sending = await sender.newTab();
      await sending.goto(server.origin);
      const receiving = await receiver.newTab();
      await receiving.receive(await sending.shareFiles([path]));
      await receiving.download();
      expect(await receiving.progress()).toBe(100);
      expect(await receiving.save('edge.bin')).toEqual({ name: 'edge.bin', hash });
    });
  });
