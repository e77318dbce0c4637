import { withFolder } from '../../support/files.ts';
import { expect, test } from '../../support/test.ts';
import { underWay } from '../../support/transfer.ts';

const MIB = 1024 * 1024;
const SIZE = 12 * MIB;
/** Percent at which the browser is killed: as arbitrary as any, and always the same. */
const MOMENTS = [7, 31, 68];

test('row 38: killed while writing, three times: what is there is whole, and the end is right', async ({
  server,
  join: newcomer,
}) => {
  await withFolder(async (folder) => {
    const wish = { server, newcomer, folder, size: SIZE };
    const [first = 0, ...others] = MOMENTS;
    const { sending, receiver, receiving, link, hash } = await underWay(wish, first);
    await receiver.crash();
    let tab = receiving;
    for (const moment of others) {
      await receiver.comeBack();
      tab = await receiver.newTab();
      await tab.goto(link);
      await expect.poll(() => tab.progress(), { timeout: 60_000, intervals: [50] }).toBeGreaterThan(moment);
      await receiver.crash();
    }
    await receiver.comeBack();
    tab = await receiver.newTab();
    await tab.goto(link);
    await tab.waitForState('complete', 90_000);
    expect((await tab.save('long.bin')).hash).toBe(hash);
    // Relaxed writes may be lost with the process, but not everything is fetched again and again.
    const sent = await sending.value('uploaded');
    console.log(`sent ${(sent / MIB).toFixed(2)} MiB of ${SIZE / MIB} MiB over three crashes`);
    expect(sent).toBeLessThan(2 * SIZE);
  });
});
