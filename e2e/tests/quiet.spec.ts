import type { Page, Worker } from 'playwright';
import { expect, test } from '../support/test.ts';

interface Offence {
  readonly noted: RegExp;
  readonly commit: (page: Page, port: number) => Promise<unknown>;
}

/** The engine, which may begin after the page is there. */
async function engineOf(page: Page): Promise<Worker> {
  return page.workers()[0] ?? (await page.waitForEvent('worker'));
}

/** Everything that the fixtures forbid in every other test, to see that they would notice. */
const OFFENCES: Record<string, Offence> = {
  'an error on the console': {
    noted: /^console error: from the page/,
    commit: (page) => page.evaluate(() => console.error('from the page')),
  },
  'an error on the console of the engine': {
    noted: /^console error: from the worker/,
    commit: async (page) => (await engineOf(page)).evaluate(() => console.error('from the worker')),
  },
  'an error nobody catches': {
    noted: /^uncaught: Error: let fall/,
    commit: (page) =>
      page.evaluate(() => {
        setTimeout(() => {
          throw new Error('let fall');
        });
      }),
  },
  'what the policy forbids': {
    noted: /^console error: .*Content Security Policy/,
    commit: (page, port) =>
      page.evaluate(async (number) => {
        await fetch(`http://127.0.0.1:${number}/healthz`).catch(() => undefined);
      }, port),
  },
  'a request to another host': {
    noted: /^another host: http:\/\/127\.0\.0\.1/,
    commit: (page, port) => page.goto(`http://127.0.0.1:${port}/healthz`),
  },
  'a socket to another host': {
    noted: /^another host: ws:\/\/127\.0\.0\.1/,
    commit: (page, port) =>
      page.evaluate((number) => new WebSocket(`ws://127.0.0.1:${number}/socket.io/`).readyState, port),
  },
  'a socket of the engine to another host': {
    noted: /^another host: ws:\/\/127\.0\.0\.1/,
    commit: async (page, port) =>
      (await engineOf(page)).evaluate(
        (number) => new WebSocket(`ws://127.0.0.1:${number}/socket.io/`).readyState,
        port,
      ),
  },
};

for (const [what, { noted, commit }] of Object.entries(OFFENCES))
  test(`noticed: ${what}`, async ({ server, join }) => {
    const visitor = await join();
    const tab = await visitor.newTab();
    await tab.goto(server.origin);
    await tab.page.getByTestId('link-input').waitFor();
    expect(visitor.watcher.problems).toEqual([]);
    await commit(tab.page, server.port);
    await expect.poll(() => visitor.watcher.problems).toContainEqual(expect.stringMatching(noted));
    expect(() => visitor.watcher.check()).toThrow('expected a quiet page');
    await visitor.leave();
    visitor.watcher.problems.length = 0;
  });
