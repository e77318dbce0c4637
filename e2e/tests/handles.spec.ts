import type { Page } from 'playwright';
import type { SharePage } from '../support/sharePage.ts';
import type { Participant } from '../support/participant.ts';
import { expect, test } from '../support/test.ts';

interface Content {
  readonly path: readonly string[];
  readonly size: number;
}

const SINGLE: Content = { path: ['kept.bin'], size: 300_000 };
const FOLDER: readonly Content[] = [
  { path: ['kept', 'one.bin'], size: 200_000 },
  { path: ['kept', 'deeper', 'two.bin'], size: 70_000 },
];

/**
 * The pickers hand out what is in the page's private file system: real handles, which can be kept like those of a disk.
 * @param permission what the browser says of reading them after a reload, until it is asked; and then.
 */
async function withPickers(page: Page, permission: 'granted' | 'prompt', then = 'granted'): Promise<void> {
  await page.addInitScript(
    ([before, after]) => {
      const root = () => navigator.storage.getDirectory();
      Object.assign(window, {
        showOpenFilePicker: async () => [await (await root()).getFileHandle('kept.bin')],
        showDirectoryPicker: async () => (await root()).getDirectoryHandle('kept'),
        asked: 0,
      });
      Object.assign(FileSystemHandle.prototype, {
        queryPermission: () => Promise.resolve(before),
        requestPermission: () => {
          Object.assign(window, { asked: 1 });
          return Promise.resolve(navigator.userActivation.isActive ? after : 'denied');
        },
      });
    },
    [permission, then] as const,
  );
}

/** Writes random bytes into the private file system. Returns the SHA-256 of each, by name. */
async function write(page: Page, contents: readonly Content[]): Promise<Map<string, string>> {
  const hashes = await page.evaluate(async (all) => {
    const found: [string, string][] = [];
    for (const { path, size } of all) {
      let folder = await navigator.storage.getDirectory();
      for (const name of path.slice(0, -1)) folder = await folder.getDirectoryHandle(name, { create: true });
      const name = path.at(-1) ?? '';
      const bytes = new Uint8Array(size);
      for (let at = 0; at < size; at += 65_536) crypto.getRandomValues(bytes.subarray(at, at + 65_536));
      const file = await folder.getFileHandle(name, { create: true });
      const writing = await file.createWritable();
      await writing.write(bytes);
      await writing.close();
      const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
      found.push([name, Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('')]);
    }
    return found;
  }, contents);
  return new Map(hashes);
}

/** Of how many shares the browser has kept handles. Makes no database itself: that would stand in the page's way. */
function keptBy(page: Page): Promise<number> {
  return page.evaluate(async () => {
    if (!(await indexedDB.databases()).some(({ name }) => name === 'shoal-handles')) return 0;
    return new Promise<number>((resolve, reject) => {
      const opening = indexedDB.open('shoal-handles');
      opening.onerror = () => reject(new Error('shoal-handles: expected it to open'));
      opening.onsuccess = () => {
        const count = opening.result.transaction('handles').objectStore('handles').count();
        count.onsuccess = () => resolve(count.result);
      };
    });
  });
}

/** Resolves with the link, once what was picked is kept. */
async function pick(sending: SharePage, label: 'Choose files' | 'Choose a folder'): Promise<string> {
  await sending.page.getByText(label, { exact: true }).click();
  const link = await sending.link();
  await expect.poll(() => keptBy(sending.page)).toBe(1);
  return link;
}

async function expectDownload(receiver: Participant, link: string, hashes: Map<string, string>) {
  const receiving = await receiver.newTab();
  await receiving.receive(link);
  await receiving.download();
  for (const [name, hash] of hashes) expect((await receiving.save(name)).hash).toBe(hash);
}

test('a sharer who reloads shares the same folder again with one press', async ({ server, join }) => {
  const [sender, receiver] = [await join(), await join()];
  const sending = await sender.newTab();
  await withPickers(sending.page, 'prompt');
  await sending.goto(server.origin);
  const hashes = await write(sending.page, FOLDER);
  const link = await pick(sending, 'Choose a folder');

  await sending.page.reload();
  await expect(sending.error).toHaveAttribute('data-code', 'files-needed');
  const again = sending.page.getByTestId('give-again');
  await expect(again).toBeVisible();
  expect(await sending.page.evaluate('asked')).toBe(0);
  await again.click();
  expect(await sending.link()).toBe(link);
  expect(await sending.page.evaluate('asked')).toBe(1);
  await expectDownload(receiver, link, hashes);
});

test('where the files may still be read, sharing goes on by itself', async ({ server, join }) => {
  const [sender, receiver] = [await join(), await join()];
  const sending = await sender.newTab();
  await withPickers(sending.page, 'granted');
  await sending.goto(server.origin);
  const hashes = await write(sending.page, [SINGLE]);
  const link = await pick(sending, 'Choose files');

  await sending.page.reload();
  expect(await sending.link()).toBe(link);
  expect(await sending.page.evaluate('asked')).toBe(0);
  await expectDownload(receiver, link, hashes);
});

test('a refusal, and files that are gone, are said in words; the choosers stay', async ({ server, join }) => {
  const sender = await join();
  const sending = await sender.newTab();
  await withPickers(sending.page, 'prompt', 'denied');
  await sending.goto(server.origin);
  await write(sending.page, [SINGLE]);
  await pick(sending, 'Choose files');

  await sending.page.reload();
  await sending.page.getByTestId('give-again').click();
  await expect(sending.share).toContainText('not read them without your permission');
  await expect(sending.page.getByText('Choose files', { exact: true })).toBeVisible();

  const later = await sender.newTab();
  await withPickers(later.page, 'prompt');
  await later.goto(sending.page.url());
  await later.page.evaluate(async () => (await navigator.storage.getDirectory()).removeEntry('kept.bin'));
  await later.page.getByTestId('give-again').click();
  await expect(later.share).toContainText('no longer where they were');
  await expect(later.page.getByText('Choose files', { exact: true })).toBeVisible();
});

test('what was kept is deleted with its share', async ({ server, join }) => {
  const sending = await (await join()).newTab();
  await withPickers(sending.page, 'granted');
  await sending.goto(server.origin);
  await write(sending.page, [SINGLE]);
  await pick(sending, 'Choose files');
  await sending.remove();
  await expect.poll(() => keptBy(sending.page)).toBe(0);
});
