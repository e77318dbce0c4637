import type { Download } from 'playwright';
import type { SharePage } from '../../support/sharePage.ts';
import type { Participant } from '../../support/participant.ts';
import { withFolder } from '../../support/files.ts';
import type { Server } from '../../support/server.ts';
import { expect, test } from '../../support/test.ts';
import { delivered } from '../../support/transfer.ts';

const MIB = 1024 * 1024;
/** What a download that ends by itself takes, and more. */
const SLOW = 90_000;

/** Runs in the engine before its own code: each chunk of a save takes its time, and after some none comes at all. */
function slowly(chunks: number): void {
  let sent = 0;
  const post = Object.getOwnPropertyDescriptor(MessagePort.prototype, 'postMessage')?.value as (
    ...values: unknown[]
  ) => void;
  Object.defineProperty(MessagePort.prototype, 'postMessage', {
    value(this: MessagePort, message: { readonly type?: unknown } | undefined, ...rest: unknown[]) {
      const give = () => Reflect.apply(post, this, [message, ...rest]);
      if (message?.type !== 'chunk') give();
      else if (sent++ < chunks) setTimeout(give, 300);
    },
  });
}

/** From the next load on the engine gives at most so many chunks of a save, slowly. */
async function slowSaves({ page }: SharePage, chunks: number): Promise<void> {
  await page.context().route(/\/assets\/main-[\w-]+\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: `(${slowly.toString()})(${chunks});\n${await response.text()}` });
  });
  // Else the page is what the service worker has kept of it.
  await page.evaluate(async () => {
    for (const name of await caches.keys()) await caches.delete(name);
  });
}

async function beginSave(tab: SharePage): Promise<Download> {
  const [download] = await Promise.all([
    tab.page.waitForEvent('download'),
    tab.row('long.bin').getByTestId('save').click(),
  ]);
  return download;
}

type Join = () => Promise<Participant>;

/** How a save ends in its middle, and what is to come of it. */
const ENDS: Record<string, (server: Server, newcomer: Join, folder: string) => Promise<void>> = {
  'the tab is closed: no file that looks whole': async (server, newcomer, folder) => {
    const { receiver, receiving, link, hash } = await delivered({ server, newcomer, folder, size: 8 * MIB });
    await slowSaves(receiving, 1000);
    const other = await receiver.newTab();
    await receiving.page.reload();
    await receiving.waitForState('complete');
    const download = await beginSave(receiving);
    const failure = download.failure();
    await receiving.page.close();
    expect(await failure).not.toBeNull();
    await receiver.context.unrouteAll();
    await other.goto(link);
    await other.waitForState('complete');
    expect((await other.save('long.bin')).hash).toBe(hash);
  },
  'the engine is gone: the download fails, and the page says so': async (server, newcomer, folder) => {
    const { receiving } = await delivered({ server, newcomer, folder, size: 8 * MIB });
    await slowSaves(receiving, 1000);
    await receiving.page.reload();
    await receiving.waitForState('complete');
    const download = await beginSave(receiving);
    const failure = download.failure();
    await receiving.page.workers()[0]!.evaluate(() => globalThis.close());
    expect(await failure).not.toBeNull();
    await expect(receiving.page.getByText('was not saved')).toBeVisible();
  },
  'the engine falls silent: the download fails, and the page says so': async (server, newcomer, folder) => {
    const { receiving } = await delivered({ server, newcomer, folder, size: 8 * MIB });
    await slowSaves(receiving, 5);
    await receiving.page.reload();
    await receiving.waitForState('complete');
    const download = await beginSave(receiving);
    expect(await download.failure()).not.toBeNull();
    await expect(receiving.page.getByText('was not saved')).toBeVisible({ timeout: SLOW });
  },
};

const ENTRIES = Object.entries(ENDS);

// Side by side: each waits half a minute for a silence to be long enough.
test('row 37: a save that ends in its middle, in three ways', async ({
  server,
  joinWithBrowser: newcomer,
}) => {
  const end = ([what, how]: (typeof ENTRIES)[number]) =>
    test.step(what, () => withFolder((folder) => how(server, newcomer, folder)));
  await Promise.all(ENTRIES.map(end));
});
