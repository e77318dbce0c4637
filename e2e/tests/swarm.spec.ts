import { join } from 'node:path';
import { withFolder, writeRandomFile } from '../support/files.ts';
import { expect, test } from '../support/test.ts';

const MIB = 1024 * 1024;
const SIZE = 16 * MIB;
const RECEIVERS = 4;
/** So that what limits the sender is this, and not how busy the machine is. */
const SENDER_LIMIT_KIB = 2048;
const PATIENCE_MS = 150_000;

test('one sender, four receivers at once: they help each other', async ({ server, join: newcomer }) => {
  test.setTimeout(2 * PATIENCE_MS);
  await withFolder(async (folder) => {
    const path = join(folder, 'film.bin');
    const hash = await writeRandomFile(path, SIZE);
    const sender = await newcomer();
    const sending = await sender.newTab();
    await sending.goto(server.origin);
    await sending.limitUpload(SENDER_LIMIT_KIB);
    const link = await sending.shareFiles([path]);

    const receivers = await Promise.all(
      Array.from({ length: RECEIVERS }, async () => (await newcomer()).newTab()),
    );
    await Promise.all(receivers.map((each) => each.receive(link)));
    await Promise.all(receivers.map((each) => each.download(PATIENCE_MS)));

    const copies = (await sending.value('uploaded')) / SIZE;
    const given = await Promise.all(receivers.map((each) => each.value('uploaded')));
    console.log(
      `the sender sent ${copies.toFixed(2)} copies, the receivers ${given.map((bytes) => (bytes / SIZE).toFixed(2)).join(', ')}`,
    );
    expect(copies).toBeGreaterThanOrEqual(1);
    expect(copies).toBeLessThan(3);
    for (const bytes of given) expect(bytes).toBeGreaterThan(0);
    for (const each of receivers) expect((await each.save('film.bin')).hash).toBe(hash);
  });
});

test('the sender leaves after the first full copy, and a newcomer still completes', async ({
  server,
  join: newcomer,
}) => {
  await withFolder(async (folder) => {
    const path = join(folder, 'legacy.bin');
    const hash = await writeRandomFile(path, 4 * MIB);
    const [sender, first, last] = [await newcomer(), await newcomer(), await newcomer()];
    const sending = await sender.newTab();
    await sending.goto(server.origin);
    const link = await sending.shareFiles([path]);
    const helping = await first.newTab();
    await helping.receive(link);
    await helping.download();
    await expect.poll(() => sending.count('copies')).toBe(1);
    await expect(sending.page.getByTestId('closing')).toContainText('You may close this tab');
    await sender.leave();

    const receiving = await last.newTab();
    await receiving.receive(link);
    await receiving.download();
    expect(await receiving.save('legacy.bin')).toEqual({ name: 'legacy.bin', hash });
    await expect.poll(() => helping.value('uploaded')).toBeGreaterThanOrEqual(4 * MIB);
  });
});
