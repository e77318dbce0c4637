import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'playwright';
import { withFolder, writeRandomFile } from '../support/files.ts';
import { expect, test } from '../support/test.ts';

const MIB = 1024 * 1024;

test('speaks the language that was chosen, on the next visit too', async ({ server, join: newcomer }) => {
  const tab = await (await newcomer()).newTab();
  await tab.goto(server.origin);
  await expect(tab.page.locator('html')).toHaveAttribute('lang', 'en');
  await tab.page.getByTestId('language').selectOption('de');
  await expect(tab.page.getByRole('button', { name: 'Öffnen' })).toBeVisible();
  await tab.page.reload();
  await expect(tab.page.locator('html')).toHaveAttribute('lang', 'de');
  await expect(tab.page.getByTestId('language')).toHaveValue('de');
});

test('warns of closing only while others would lose something', async ({ server, join: newcomer }) => {
  await withFolder(async (folder) => {
    const path = join(folder, 'song.bin');
    await writeRandomFile(path, MIB);
    const [sender, receiver] = [await newcomer(), await newcomer()];
    const sending = await sender.newTab();
    await sending.goto(server.origin);
    await expect.poll(() => asksBeforeLeaving(sending.page)).toBe(false);
    const link = await sending.shareFiles([path]);
    await expect.poll(() => asksBeforeLeaving(sending.page)).toBe(true);

    const receiving = await receiver.newTab();
    await receiving.receive(link);
    await receiving.download();
    expect(await asksBeforeLeaving(receiving.page)).toBe(false);
    await expect.poll(() => sending.count('copies'), { timeout: 30_000 }).toBe(1);
    await expect.poll(() => asksBeforeLeaving(sending.page)).toBe(false);
  });
});

for (const [script, what] of [
  ['index', 'the page draws nothing'],
  ['main', 'the engine does not start'],
] as const)
  test(`a script without which ${what} and that does not come is told of, with what to do`, async ({
    server,
    join: newcomer,
  }) => {
    const participant = await newcomer();
    const { page } = await participant.newTab();
    const lost = `**/assets/${script}-*.js`;
    await participant.context.route(lost, (route) => route.abort());
    await page.goto(server.origin);
    await expect(page.getByText('has not arrived completely')).toBeVisible({ timeout: 20_000 });
    await participant.context.unroute(lost);
    await page.reload();
    await expect(page.getByTestId('drop-target')).toBeVisible();
    await expect(page.getByText('has not arrived completely')).toBeHidden();
    participant.watcher.problems.splice(0);
  });

test('a QR code that does not load gives way to words, beside the link', async ({
  server,
  join: newcomer,
}) => {
  const tab = await (await newcomer()).newTab();
  // Fails as it is run: what fails on the way is an error on the console, whoever minds it.
  await tab.page
    .context()
    .route('**/assets/qrDrawing-*.js', (route) =>
      route.fulfill({ contentType: 'text/javascript', body: 'throw new Error();' }),
    );
  await tab.goto(server.origin);
  await paste(tab.page, { file: 'note.txt' });
  await tab.waitForState('sharing');
  await expect(tab.page.getByText('The QR code could not be loaded.')).toBeVisible();
  expect(await tab.link()).toContain('#');
});

test('takes files that another app shares into it', async ({ server, join: newcomer }) => {
  const tab = await (await newcomer()).newTab();
  await tab.goto(server.origin);
  // A worker that is ready does not yet answer for a page it has not claimed; a system's own visit goes to it anyway.
  await tab.page.waitForFunction(() => navigator.serviceWorker.controller !== null);
  await sharedInto(tab.page, server.origin);
  await tab.waitForState('sharing');
  await expect(tab.rows).toHaveText(/song\.txt/);
  expect(new URL(tab.page.url()).search).toBe('');
});

test('opens a link and takes files pasted anywhere', async ({ server, join: newcomer }) => {
  const tab = await (await newcomer()).newTab();
  await tab.goto(server.origin);
  await paste(tab.page, { text: `see ${server.origin}/#${'A'.repeat(52)}` });
  await expect(tab.error).toBeVisible();
  await tab.goHome();
  await paste(tab.page, { file: 'note.txt' });
  await tab.waitForState('sharing');
  await expect(tab.rows).toHaveText(/note\.txt/);
});

test('moves the focus with the view, and says how far it is', async ({ server, join: newcomer }) => {
  await withFolder(async (folder) => {
    const path = join(folder, 'note.txt');
    await writeFile(path, 'a note');
    const tab = await (await newcomer()).newTab();
    await tab.goto(server.origin);
    await tab.shareFiles([path]);
    await expect(tab.page.getByRole('heading', { level: 1 })).toBeFocused();
    await tab.goHome();
    await expect(tab.page.getByRole('heading', { level: 1 })).toBeFocused();
    await tab.page.getByTestId('remove').press('Enter');
    await expect(tab.items).toHaveCount(0);
    await tab.page.getByTestId('undo').press('Enter');
    await expect(tab.items).toHaveCount(1);
  });
});

/** What the browser would ask the person, without leaving. */
function asksBeforeLeaving(page: Page): Promise<boolean> {
  return page.evaluate(() => {
    const event = new Event('beforeunload', { cancelable: true });
    window.dispatchEvent(event);
    return event.defaultPrevented;
  });
}

/** As the system does it for an installed app. The policy forbids forms, so it goes by a frame-less request. */
async function sharedInto(page: Page, origin: string): Promise<void> {
  const landed = await page.evaluate(async () => {
    const form = new FormData();
    form.append('files', new File(['la la la'], 'song.txt'));
    const response = await fetch('/share-target', { method: 'POST', body: form });
    return response.url;
  });
  expect(landed).toBe(`${origin}/?share-target`);
  await page.goto(landed);
}

async function paste(page: Page, what: { text?: string; file?: string }): Promise<void> {
  await page.evaluate(({ text, file }) => {
    const clipboardData = new DataTransfer();
    if (text !== undefined) clipboardData.setData('text/plain', text);
    if (file !== undefined) clipboardData.items.add(new File(['x'], file));
    document.body.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true }));
  }, what);
}
