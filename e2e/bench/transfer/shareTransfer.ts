import type { Page } from 'playwright';
import type { Profile } from '../../support/profile.ts';
import { SharePage } from '../../support/sharePage.ts';

/** What is never pressed before it is there. */
const LINK_MS = 10 * 60_000;

export interface ShareWish {
  readonly origin: string;
  readonly file: string;
  /** KiB a second. */
  readonly uploadLimit?: number;
}

/** A share that waits for Download to be pressed by everybody. */
export interface ReadyShare {
  readonly sender: SharePage;
  readonly receivers: readonly SharePage[];
}

/** Runs with a share that everybody sees the names of; afterwards it is gone. */
export async function withShare<T>(
  from: Profile,
  to: readonly Profile[],
  wish: ShareWish,
  use: (share: ReadyShare) => Promise<T>,
): Promise<T> {
  const sender = new SharePage(await from.newPage());
  const receivers = await Promise.all(to.map(async (profile) => new SharePage(await profile.newPage())));
  try {
    await sender.goto(wish.origin);
    if (wish.uploadLimit !== undefined) await sender.limitUpload(wish.uploadLimit);
    await sender.page.getByTestId('file-input').setInputFiles(wish.file);
    await sender.waitForState('sharing', LINK_MS);
    const link = await sender.link();
    await Promise.all(receivers.map((receiver) => receiver.receive(link)));
    const result = await use({ sender, receivers });
    await Promise.all([...receivers, sender].map((page) => page.remove()));
    return result;
  } finally {
    await Promise.all([...receivers, sender].map(({ page }) => page.close()));
  }
}

/** Seconds from Download pressed until everybody is complete, on the pages' own clocks. */
export async function pressAndTime(receivers: readonly SharePage[]): Promise<number> {
  for (const { page } of receivers) await page.locator('[data-testid="download"]:enabled').waitFor();
  const spans = await Promise.all(receivers.map(({ page }) => timed(page)));
  const [first, last] = [
    Math.min(...spans.map(([pressed]) => pressed)),
    Math.max(...spans.map(([, at]) => at)),
  ];
  return (last - first) / 1000;
}

/** One share from profile to profile through the real page, in MiB/s. */
export async function measureShare(
  from: Profile,
  to: readonly Profile[],
  wish: ShareWish & { readonly mebibytes: number },
): Promise<number> {
  return wish.mebibytes / (await withShare(from, to, wish, ({ receivers }) => pressAndTime(receivers)));
}

/** When Download was pressed and when the share was complete, on the clock that all browsers of the machine share. */
function timed(page: Page): Promise<readonly [pressed: number, complete: number]> {
  return page.evaluate(async () => {
    const completed = new Promise<void>((resolve) => {
      new MutationObserver((_, observer) => {
        if (document.querySelector('[data-testid="share"][data-state="complete"]') === null) return;
        observer.disconnect();
        resolve();
      }).observe(document.body, { subtree: true, childList: true, attributes: true });
    });
    const pressed = performance.timeOrigin + performance.now();
    document.querySelector<HTMLElement>('[data-testid="download"]')?.click();
    await completed;
    return [pressed, performance.timeOrigin + performance.now()] as const;
  });
}
