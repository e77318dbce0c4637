import { rm } from 'node:fs/promises';
import type { Download, Locator, Page } from 'playwright';
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

  /** Removes the share, and says yes when asked whether that is meant. */
  async remove(): Promise<void> {
    await this.page.getByTestId('remove').click();
    await this.page.getByRole('group').getByTestId('remove').click();
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

  async #downloaded<T>(button: Locator, use: (download: Download) => Promise<T>): Promise<T> {
    const [download] = await Promise.all([this.page.waitForEvent('download'), button.click()]);
    const result = await use(download);
    await rm(await download.path(), { force: true });
    return result;
  }

  async #number(id: string, attribute: string): Promise<number> {
    const text = await this.page.getByTestId(id).getAttribute(attribute, { timeout: 5000 });
    return text === null || text === '' ? Number.NaN : Number(text);
  }

  async #describe(): Promise<string> {
    if ((await this.share.count()) === 0) return 'not shown';
    const state = (await this.share.getAttribute('data-state')) ?? 'without state';
    const said = (await this.error.count()) === 0 ? '' : `: ${await this.error.innerText()}`;
    return `${state}${said}`;
  }
}
