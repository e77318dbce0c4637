import type { BrowserOwner } from '../../support/browserOwner.ts';
import { join } from 'node:path';
import { withFolder, writeRandomFile } from '../../support/files.ts';
import { expect, test } from '../../support/test.ts';
import type { SharePage } from '../../support/sharePage.ts';

const MIB = 1024 * 1024;
/** 30 s of silence (PROTOCOL.md, section 6), and what a busy machine adds. */
const GONE_MS = 36_000;
/** Back-off after one failure, a tracker that has to be found again, an announce. */
const BACK_MS = 60_000;
const HANG_MS = 40_000;

/** Falls silent without a word; what is returned comes back. */
type Silence = (participant: BrowserOwner, tab: SharePage) => Promise<() => Promise<unknown>>;

const SILENCES: Record<string, Silence> = {
  'the whole page stands still': async (participant) => {
    await participant.freeze();
    return () => participant.thaw();
  },
  'its engine hangs, while its connection lives': (_, tab) => {
    const [engine] = tab.page.workers();
    const hung = engine!.evaluate((milliseconds) => {
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, milliseconds);
    }, HANG_MS);
    return Promise.resolve(() => hung);
  },
};

// Side by side: each waits half a minute for a silence to be long enough.
test('half-open: who falls silent without a word is gone in time, and welcome when it is back', async ({
  server,
  joinWithBrowser: newcomer,
}) => {
  test.setTimeout(240_000);
  const endure = async (silence: Silence, folder: string) => {
    const path = join(folder, 'nap.bin');
    const hash = await writeRandomFile(path, 8 * MIB);
    const sending = await (await newcomer()).newTab();
    await sending.goto(server.origin);
    await sending.limitUpload(512);
    const sleeper = await newcomer();
    const receiving = await sleeper.newTab();
    await receiving.receive(await sending.shareFiles([path]));
    await receiving.press('download');
    await expect.poll(() => receiving.progress()).toBeGreaterThan(10);
    expect(await sending.count('peers')).toBe(1);

    const since = Date.now();
    const wake = await silence(sleeper, receiving);
    try {
      await expect.poll(() => sending.count('peers'), { timeout: GONE_MS }).toBe(0);
      console.log(`gone after ${((Date.now() - since) / 1000).toFixed(0)} s`);
    } finally {
      await wake();
    }
    await expect.poll(() => sending.count('peers'), { timeout: BACK_MS }).toBe(1);
    await receiving.waitForState('complete', BACK_MS);
    expect(await receiving.save('nap.bin')).toEqual({ name: 'nap.bin', hash });
  };
  const each = ([what, silence]: readonly [string, Silence]) =>
    test.step(what, () => withFolder((folder) => endure(silence, folder)));
  await Promise.all(Object.entries(SILENCES).map(each));
});
