import { join } from 'node:path';
import { withFolder, writeRandomFolder } from '../../support/files.ts';
import { expect, test } from '../../support/test.ts';
import { hashesInZip } from '../../support/zip.ts';

const FILES = 10_000;

test('row 51: ten thousand small files, shared, received and unpacked', async ({
  server,
  joinWithBrowser: newcomer,
}) => {
  test.setTimeout(300_000);
  await withFolder(async (folder) => {
    const sizes: Record<string, number> = {};
    for (let place = 0; place < FILES; place++) sizes[`many/${place % 100}/${place}.txt`] = place % 300;
    const hashes = await writeRandomFolder(folder, sizes);
    const [sender, receiver] = [await newcomer(), await newcomer()];
    const [sending, receiving] = [await sender.newTab(), await receiver.newTab()];
    await sending.goto(server.origin);
    const started = performance.now();
    const seconds = () => `${((performance.now() - started) / 1000).toFixed(1)} s`;
    await sending.page.getByTestId('folder-input').setInputFiles(join(folder, 'many'));
    await sending.waitForState('sharing', 120_000);
    const link = await sending.link();
    console.log(`${FILES} files: shared after ${seconds()}`);
    await receiving.receive(link);
    await receiving.download(120_000);
    console.log(`${FILES} files: received after ${seconds()}`);
    const unpacked = await receiving.saveAll(hashesInZip);
    console.log(`${FILES} files: unpacked after ${seconds()}`);
    expect([...unpacked].sort()).toEqual([...hashes].sort());
  });
});
