import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type BrowserContext, chromium, type Page } from 'playwright';
import { findChromium } from './chromium.ts';
import { memoryOf, renderersOf } from './renderers.ts';

export const CHROMIUM_ARGUMENTS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--no-first-run',
  // Two profiles find each other by address, so that no test depends on multicast or on any network at all.
  '--disable-features=WebRtcHideLocalIpsWithMdns',
  '--allow-loopback-in-peer-connection',
];

/** One participant: a browser with its own directory on disk, where what it stores survives closing and reopening. */
export class Profile {
  readonly #directory: string;
  #context: BrowserContext | undefined;

  private constructor(directory: string) {
    this.#directory = directory;
  }

  /** @param preferences as Chromium keeps them, in its own file. */
  static async create(preferences: object = {}): Promise<Profile> {
    const directory = await mkdtemp(join(tmpdir(), 'shoal-profile-'));
    const file = join(directory, 'Default', 'Preferences');
    await mkdir(dirname(file));
    await writeFile(file, JSON.stringify(preferences));
    const profile = new Profile(directory);
    await profile.open();
    return profile;
  }

  get context(): BrowserContext {
    if (this.#context === undefined) throw new Error('profile: expected it open, is closed');
    return this.#context;
  }

  /** Opens the browser again on the same directory. */
  async open(): Promise<BrowserContext> {
    this.#context ??= await chromium.launchPersistentContext(this.#directory, {
      executablePath: findChromium(),
      headless: true,
      acceptDownloads: true,
      args: CHROMIUM_ARGUMENTS,
    });
    return this.#context;
  }

  /** A fresh tab. */
  newPage(): Promise<Page> {
    return this.context.newPage();
  }

  /** Stops every page and worker where it stands, as a machine that sleeps does; or lets them go on. */
  async signal(signal: 'SIGSTOP' | 'SIGCONT'): Promise<void> {
    const pids = await renderersOf(this.#directory);
    if (pids.length === 0) throw new Error('profile: expected processes of its pages, found none');
    for (const pid of pids) process.kill(pid, signal);
  }

  /** The proportional set size of all processes of the browser, in bytes (Linux). */
  memory(): Promise<number> {
    return memoryOf(this.#directory);
  }

  /** Closes the browser and keeps what it stored. */
  async close(): Promise<void> {
    const context = this.#context;
    this.#context = undefined;
    await context?.close();
  }

  /** Ends the browser's process without asking it. */
  async kill(): Promise<void> {
    const { context } = this;
    this.#context = undefined;
    const session = await context.browser()?.newBrowserCDPSession();
    const { processInfo } = (await session?.send('SystemInfo.getProcessInfo')) ?? { processInfo: [] };
    const browser = processInfo.find(({ type }) => type === 'browser');
    if (browser === undefined) throw new Error('profile: expected a browser process, found none');
    const closed = new Promise((resolve) => context.once('close', resolve));
    process.kill(browser.id, 'SIGKILL');
    await closed;
  }

  /** Closes the browser and deletes what it stored. */
  async remove(): Promise<void> {
    await this.close();
    await rm(this.#directory, { recursive: true, force: true, maxRetries: 3 });
  }
}
