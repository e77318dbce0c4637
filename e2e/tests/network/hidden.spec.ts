import { join } from 'node:path';
import { withFolder, writeRandomFile } from '../../support/files.ts';
import { PlainChromium, type PlainTab } from '../../support/plainChromium.ts';
import { expect, test } from '../../support/test.ts';

const MIB = 1024 * 1024;
const SIZE = 24 * MIB;
/** What waits for a timer of a hidden page comes to a hundredth of its speed; other tests, on the same machine, to a half. */
const LEAST_RATIO = 0.25;

/** Ticks of a 10 ms timer in two seconds, halved. */
const TICKS_A_SECOND = `new Promise((resolve) => {
  let ticks = 0;
  const timer = setInterval(() => ticks++, 10);
  const started = performance.now();
  const { port1, port2 } = new MessageChannel();
  // Not on a timer, which is what is being measured.
  port1.onmessage = () => {
    if (performance.now() - started < 2000) return void fetch('/healthz').then(() => port2.postMessage(''));
    clearInterval(timer);
    resolve(ticks / 2);
  };
  port2.postMessage('');
})`;

/** Milliseconds from Download pressed to complete, on the tab's own clock and without any timer. */
const DOWNLOAD = `new Promise((resolve) => {
  const find = (selector) => document.querySelector(selector);
  let started;
  const look = () => {
    if (started === undefined && find('[data-testid="share"][data-state="ready"]')) {
      started = performance.now();
      find('[data-testid="download"]').click();
    } else if (find('[data-testid="share"][data-state="complete"]')) {
      observer.disconnect();
      resolve(performance.now() - started);
    }
  };
  const observer = new MutationObserver(look);
  observer.observe(document, { subtree: true, childList: true, attributes: true });
  look();
})`;

/** MiB/s of one download in a tab that is in front, or behind another; in a browser that has nothing stored. */
async function measure(link: string, hidden: boolean): Promise<number> {
  const chromium = await PlainChromium.start();
  try {
    const tab = await chromium.newTab();
    await tab.goto(link);
    if (hidden) await chromium.newTab();
    if (hidden) await expectHidden(tab);
    const milliseconds = Number(await tab.evaluate(DOWNLOAD));
    expect(await tab.evaluate('document.hidden')).toBe(hidden);
    return SIZE / MIB / (milliseconds / 1000);
  } finally {
    await chromium.remove();
  }
}

async function expectHidden(tab: PlainTab): Promise<void> {
  await expect.poll(() => tab.evaluate('document.hidden')).toBe(true);
  // It is no longer in front some time before its timers are held back.
  await expect.poll(() => tab.evaluate(TICKS_A_SECOND)).toBeLessThanOrEqual(2);
}

test('a tab that is really hidden keeps its speed', async ({ server, join: newcomer }) => {
  test.setTimeout(240_000);
  await withFolder(async (folder) => {
    const path = join(folder, 'behind.bin');
    await writeRandomFile(path, SIZE);
    const sending = await (await newcomer()).newTab();
    await sending.goto(server.origin);
    const link = await sending.shareFiles([path]);
    const [visible, hidden] = [await measure(link, false), await measure(link, true)];
    console.log(`visible ${visible.toFixed(1)} MiB/s, hidden ${hidden.toFixed(1)} MiB/s`);
    expect(hidden / visible).toBeGreaterThanOrEqual(LEAST_RATIO);
  });
});
