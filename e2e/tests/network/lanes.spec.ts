import { join } from 'node:path';
import { withFolder, writeRandomFile } from '../../support/files.ts';
import { expect, test } from '../../support/network.ts';
import { recordRtc, rtcLog } from '../../support/rtcLog.ts';

const MIB = 1024 * 1024;

test('over a line that loses packets, one peer has several connections, and everything arrives', async ({
  server,
  startNetwork,
  joinOn,
}) => {
  const network = await startNetwork();
  const lines = [await network.newLine({ roundTrip: 50, loss: 0.02 }), await network.newLine()] as const;
  await withFolder(async (folder) => {
    const path = join(folder, 'far.bin');
    const hash = await writeRandomFile(path, 4 * MIB);
    const [sending, receiving] = [
      await (await joinOn(lines[0])).newTab(),
      await (await joinOn(lines[1])).newTab(),
    ];
    await recordRtc(receiving.page);
    await sending.goto(server.origin);
    await receiving.receive(await sending.shareFiles([path]));
    await receiving.press('download');
    await expect.poll(async () => (await rtcLog(receiving.page)).open).toBeGreaterThan(1);
    expect(await receiving.count('peers')).toBe(1);
    await receiving.waitForState('complete');
    expect((await receiving.save('far.bin')).hash).toBe(hash);
  });
});

test('to who is far there are several connections by the time the files are shown', async ({
  server,
  startNetwork,
  joinOn,
}) => {
  const network = await startNetwork();
  const lines = [await network.newLine({ roundTrip: 60 }), await network.newLine()] as const;
  const [sending, receiving] = [
    await (await joinOn(lines[0])).newTab(),
    await (await joinOn(lines[1])).newTab(),
  ];
  await recordRtc(receiving.page);
  await sending.goto(server.origin);
  const link = await withFolder(async (folder) => {
    const path = join(folder, 'far.bin');
    await writeRandomFile(path, MIB);
    return sending.shareFiles([path]);
  });
  await receiving.receive(link);
  await expect.poll(async () => (await rtcLog(receiving.page)).open).toBe(4);
  expect(await receiving.count('peers')).toBe(1);
});
