import { chromium, type Browser } from 'playwright';
import { test as base } from 'playwright/test';
import { BrowserOwner } from './browserOwner.ts';
import { findChromium } from './chromium.ts';
import type { Participant } from './participant.ts';
import { PrivateWindow } from './privateWindow.ts';
import { CHROMIUM_ARGUMENTS } from './profile.ts';
import { Server } from './server.ts';

interface BrowserWish {
  /** Instead of the server that tests share. */
  readonly origin?: string;
  /** As Chromium keeps them, in its own file. */
  readonly preferences?: object;
}

interface Fixtures {
  /** Those who join: at the end their browsers must have been quiet, and they are gone. */
  company: <P extends Participant>(newcomer: P) => P;
  /** Makes a participant who speaks to one origin alone. */
  joinAt: (origin: string) => Promise<Participant>;
  /** The same at the server that tests share. */
  join: () => Promise<Participant>;
  /** Makes one with a browser of their own: slower, for what a private window cannot do. */
  joinWithBrowser: (wish?: BrowserWish) => Promise<BrowserOwner>;
}

interface Shared {
  server: Server;
  /** Where private windows are opened. */
  windows: Browser;
}

export const test = base.extend<Fixtures, Shared>({
  server: [
    // Playwright reads the names of fixtures from this pattern.
    async ({}, use) => {
      const server = await Server.start();
      await use(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
  windows: [
    // Playwright reads the names of fixtures from this pattern.
    async ({}, use) => {
      const browser = await chromium.launch({ executablePath: findChromium(), args: CHROMIUM_ARGUMENTS });
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],
  // Playwright reads the names of fixtures from this pattern.
  company: async ({}, use) => {
    const participants: Participant[] = [];
    await use((newcomer) => {
      participants.push(newcomer);
      return newcomer;
    });
    await Promise.all(participants.map((participant) => participant.remove()));
    for (const { watcher } of participants) watcher.check();
  },
  joinAt: ({ windows, company }, use) =>
    use(async (origin) => company(await PrivateWindow.open(windows, origin))),
  join: ({ server, joinAt }, use) => use(() => joinAt(server.origin)),
  joinWithBrowser: ({ server, company }, use) =>
    use(async ({ origin = server.origin, preferences } = {}) =>
      company(await BrowserOwner.join(origin, preferences)),
    ),
});

export { expect } from 'playwright/test';
