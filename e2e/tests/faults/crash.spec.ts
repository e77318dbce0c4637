import { withFolder } from '../../support/files.ts';
import { seededRandom } from '../../support/network/random.ts';
import { expect, test } from '../../support/test.ts';
import { offered } from '../../support/transfer.ts';

const MIB = 1024 * 1024;
const SIZE = 32 * MIB;
/** In KiB a second: slow enough to be killed on the way. */
const LIMIT = 6 * 1024;
const KILLS = 10;
const SEED = 5;
/** Percent: enough is left for one more start after the last. */
const LAST_KILL = 90;

/** Percentages, in order, at which the browser is killed. */
function moments(): readonly number[] {
  const random = seededRandom(SEED);
  return Array.from({ length: KILLS }, () => random() * LAST_KILL).toSorted((a, b) => a - b);
}

test('row 38: killed while writing, ten times at random: what is there is whole, and the end is right', async ({
  server,
  joinWithBrowser: newcomer,
}) => {
  await withFolder(async (folder) => {
    const transfer = await offered({ server, newcomer, folder, size: SIZE, limit: LIMIT });
    const { sending, receiver, link, hash } = transfer;
    let tab = transfer.receiving;
    await tab.press('download');
    const killed: number[] = [];
    for (const moment of moments()) {
      await expect.poll(() => tab.progress(), { timeout: 60_000, intervals: [50] }).toBeGreaterThan(moment);
      killed.push(await tab.progress());
      await receiver.crash();
      await receiver.comeBack();
      tab = await receiver.newTab();
      await tab.goto(link);
    }
    expect(killed.at(-1)).toBeLessThan(100);
    await tab.waitForState('complete', 90_000);
    expect((await tab.save('long.bin')).hash).toBe(hash);
    // Relaxed writes may be lost with the process, but not everything is fetched again and again.
    const sent = await sending.value('uploaded');
    console.log(`killed at ${killed.map((percent) => percent.toFixed(0)).join(', ')} percent`);
    console.log(`sent ${(sent / MIB).toFixed(2)} MiB of ${SIZE / MIB} MiB`);
    expect(sent).toBeLessThan(2 * SIZE);
  });
});
