import { rm } from 'node:fs/promises';
import type { Download, Locator, Page } from 'playwright';
import { expect } from 'playwright/test';
import { sha256Of } from './files.ts';

type State =
  'preparing' | 'connecting' | 'ready' | 'downloading' | 'complete' | 'sharing' | 'paused' | 'error';

export interface Saved {
  readonly name: string;
  /** SHA-256 in hexadecimal. */
  readonly hash: string;
}

const PATIENCE_MS = 60_000;

/** The page as people and scripts see it: the test ids that CONTRACT.md names. */
export class SharePage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  get share(): Locator {
    return this.page.getByTestId('share');
  }

  get rows(): Locator {
    return this.page.getByTestId('file-row');
  }

  get error(): Locator {
    return this.page.getByTestId('error');
  }

  /** Why nobody may be connected, once that has lasted. */
  get trouble(): Locator {
    return this.page.getByTestId('trouble');
  }

  /** The shares listed on the landing page. */
  get items(): Locator {
    return this.page.getByTestId('share-item');
  }

  row(name: string): Locator {
    return this.rows.filter({ hasText: name });
  }

  async goto(address: string): Promise<void> {
    await this.page.goto(address);
  }

  /** Chooses files as a person does. Resolves with the link once the share has one. */
  async shareFiles(paths: readonly string[]): Promise<string> {
    await this.page.getByTestId('file-input').setInputFiles([...paths]);
    return this.link();
  }

  async shareFolder(folder: string): Promise<string> {
    await this.page.getByTestId('folder-input').setInputFiles(folder);
    return this.link();
  }

  /** Types a link into the field that takes one, and opens it. */
  async openTyped(text: string): Promise<void> {
    const field = this.page.getByTestId('link-input');
    await field.fill(text);
    await field.press('Enter');
  }

  /** By two codes: an invitation there, the answer back. */
  async bringIn(newcomer: SharePage): Promise<void> {
    const { code } = await this.invite();
    await newcomer.openInvite();
    await newcomer.takeCode(code);
    await this.takeCode(await newcomer.answer());
    await newcomer.cameIn();
  }

  /** Resolves with the code, and the link in the QR code. */
  async invite(): Promise<{ readonly code: string; readonly link: string }> {
    await this.openInvite();
    await this.page.getByTestId('invite-make').click();
    const code = await this.page.getByTestId('invite-code').inputValue();
    const link = await this.#door.getByTestId('qr').getAttribute('aria-label');
    return { code, link: link ?? '' };
  }

  /** The code to send back to whoever invited. */
  answer(): Promise<string> {
    return this.page.getByTestId('invite-answer').inputValue();
  }

  async takeCode(code: string): Promise<void> {
    await this.page.getByTestId('invite-take').fill(code);
  }

  /** Resolves when the codes have led to a connection. */
  async cameIn(): Promise<void> {
    await this.#door.locator('[data-state=connected]').waitFor();
  }

  async openInvite(): Promise<void> {
    await this.#door.evaluate((door) => door.setAttribute('open', ''));
  }

  get #door(): Locator {
    return this.page.getByTestId('invite');
  }

  /** Resolves when the service worker has kept all of the page, which begins some seconds after it has opened. */
  async kept(): Promise<void> {
    await this.page.evaluate(() => navigator.serviceWorker.ready.then(() => true));
    await expect
      .poll(() => this.page.evaluate(() => caches.match(new URL('.', location.href).href).then(Boolean)))
      .toBe(true);
  }

  /** KiB a second, for every share of this browser. */
  async limitUpload(kib: number): Promise<void> {
    await this.page.getByTestId('upload-limit').fill(String(kib));
  }

  /** Where connections are counted: a peer with a limit, though none that is felt, makes no further ones to the same. */
  async keepToOneLane(): Promise<void> {
    await this.limitUpload(64 * 1024);
  }

  /** Whether people are found through one another, as the settings ask it. */
  async find(setting: 'off' | 'whileSharing' | 'always'): Promise<void> {
    await this.page.getByTestId('finding').locator('summary').click();
    await this.page.getByTestId(`dht-${setting}`).check();
  }

  /** From a share's view to the landing page. */
  async goHome(): Promise<void> {
    await this.page.getByRole('link', { name: 'Shoal, start page' }).click();
    await this.share.waitFor({ state: 'detached' });
  }

  async link(): Promise<string> {
    await this.waitForState('sharing');
    return this.page.getByTestId('share-link').inputValue();
  }

  /** @throws Error with the state it is in instead and what the page says of it. */
  async waitForState(state: State, timeout = PATIENCE_MS): Promise<void> {
    const reached = this.page.locator(`[data-testid="share"][data-state="${state}"]`);
    try {
      await reached.waitFor({ timeout });
    } catch {
      throw new Error(`share: expected ${state} within ${timeout} ms, is ${await this.#describe()}`);
    }
  }

  /** Opens a link and waits until names and sizes are there. */
  async receive(link: string): Promise<void> {
    await this.goto(link);
    await this.waitForState('ready');
  }

  async press(button: 'download' | 'pause' | 'resume'): Promise<void> {
    await this.page.getByTestId(button).click();
  }

  async download(timeout = PATIENCE_MS): Promise<void> {
    await this.press('download');
    await this.waitForState('complete', timeout);
  }

  /** Removes the share. Resolves when it is gone from the view. */
  async remove(): Promise<void> {
    await this.page.getByTestId('remove').click();
    await this.share.waitFor({ state: 'detached' });
  }

  /** Saves the file whose row shows this name. */
  save(name: string): Promise<Saved> {
    return this.#downloaded(this.row(name).getByTestId('save'), async (download) => ({
      name: download.suggestedFilename(),
      hash: await sha256Of(await download.path()),
    }));
  }

  /** Saves everything, and hands the path of the zip to `read` while it exists. */
  saveAll<T>(read: (zip: string) => Promise<T>): Promise<T> {
    return this.#downloaded(this.page.getByTestId('save-all'), async (download) =>
      read(await download.path()),
    );
  }

  /** 0 to 100. */
  progress(): Promise<number> {
    return this.#number('progress', 'aria-valuenow');
  }

  value(id: 'rate-down' | 'rate-up' | 'eta' | 'uploaded' | 'downloaded'): Promise<number> {
    return this.#number(id, 'data-value');
  }

  count(id: 'peers' | 'copies'): Promise<number> {
    return this.#number(id, 'data-count');
  }

  /** From the next load of this tab on: which states are shown, in their order. */
  async recordStates(): Promise<void> {
    await this.page.addInitScript(() => {
      const states: string[] = [];
      Object.assign(globalThis, { recordedStates: states });
      new MutationObserver(() => {
        const state = document.querySelector<HTMLElement>('[data-testid="share"]')?.dataset['state'];
        if (state !== undefined && state !== states.at(-1)) states.push(state);
      }).observe(document, { subtree: true, childList: true, attributes: true });
    });
  }

  recordedStates(): Promise<readonly string[]> {
    return this.page.evaluate(() => (globalThis as unknown as { recordedStates: string[] }).recordedStates);
  }

  /** The names of the IndexedDB databases of this browser, in order. */
  async databases(): Promise<readonly string[]> {
    const all = await this.page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name));
    return all.filter((name) => name !== undefined).sort();
  }

  async #downloaded<T>(button: Locator, use: (download: Download) => Promise<T>): Promise<T> {
    const [download] = await Promise.all([this.page.waitForEvent('download'), button.click()]);
    const result = await use(download);
    await rm(await download.path(), { force: true });
    return result;
  }

  async #number(id: string, attribute: string): Promise<number> {
    const text = await this.page.getByTestId(id).getAttribute(attribute, { timeout: PATIENCE_MS });
    return text === null || text === '' ? Number.NaN : Number(text);
  }

  async #describe(): Promise<string> {
    if ((await this.share.count()) === 0) return 'not shown';
    const state = (await this.share.getAttribute('data-state')) ?? 'without state';
    const said = (await this.error.count()) === 0 ? '' : `: ${await this.error.innerText()}`;
    return `${state}${said}`;
  }
}
