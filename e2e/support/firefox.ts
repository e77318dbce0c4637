import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { accessSync, constants } from 'node:fs';
import { mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { sha256Of } from './files.ts';
import { type Answer, printed, Wire } from './wire.ts';

const NAMES = ['firefox', 'firefox-esr'];
const PATIENCE_MS = 60_000;

/** Two browsers on one machine find each other by address, and nothing else is spoken to. */
const PREFERENCES: Readonly<Record<string, boolean | number | string>> = {
  'media.peerconnection.ice.loopback': true,
  'media.peerconnection.ice.obfuscate_host_addresses': false,
  'media.peerconnection.ice.proxy_only': false,
  'browser.download.folderList': 2,
  'browser.download.useDownloadDir': true,
  'browser.download.alwaysOpenPanel': false,
  'browser.shell.checkDefaultBrowser': false,
  'datareporting.policy.dataSubmissionEnabled': false,
  'app.normandy.enabled': false,
  'network.captive-portal-service.enabled': false,
  'network.connectivity-service.enabled': false,
  'extensions.update.enabled': false,
  'services.settings.server': 'data:,',
  'browser.safebrowsing.downloads.enabled': false,
};

/** Path of a stock Firefox: `SHOAL_FIREFOX`, else one installed on this machine; nothing when there is none. */
export function findFirefox(): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const installed = NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(isExecutable);
  return process.env['SHOAL_FIREFOX'] ?? installed;
}

/** A Firefox of its own directory with one tab, driven over WebDriver BiDi. */
export class Firefox {
  /** Errors on the console, of the page and its workers, and those that nobody caught. */
  readonly problems: string[] = [];
  readonly #process: ChildProcess;
  readonly #directory: string;
  readonly #wire: Wire;
  readonly #tab: string;

  private constructor(process: ChildProcess, directory: string, wire: Wire, tab: string) {
    this.#process = process;
    this.#directory = directory;
    this.#wire = wire;
    this.#tab = tab;
    wire.listen((method, { level, text }) => {
      if (method === 'log.entryAdded' && level === 'error') this.problems.push(String(text));
    });
  }

  static async start(path: string): Promise<Firefox> {
    const directory = await mkdtemp(join(tmpdir(), 'shoal-firefox-'));
    await mkdir(downloadsIn(directory));
    await writeFile(join(directory, 'user.js'), preferences(directory));
    const own = ['--headless', '--no-remote', '--remote-debugging-port=0', '--profile', directory];
    const child = spawn(path, own, { stdio: ['ignore', 'ignore', 'pipe'] });
    try {
      return await Firefox.#drive(child, directory);
    } catch (error) {
      child.kill('SIGKILL');
      throw error;
    }
  }

  static async #drive(child: ChildProcess, directory: string): Promise<Firefox> {
    const address = await printed(child, /WebDriver BiDi listening on (ws:\S+)/);
    const wire = await Wire.open(`${address}/session`);
    await wire.ask('session.new', { capabilities: {} });
    const { context } = await wire.ask('browsingContext.create', { type: 'tab' });
    const firefox = new Firefox(child, directory, wire, String(context));
    await wire.ask('session.subscribe', { events: ['log.entryAdded'] });
    return firefox;
  }

  async goto(url: string): Promise<void> {
    await this.#wire.ask('browsingContext.navigate', { context: this.#tab, url, wait: 'complete' });
  }

  /** Chooses files as a person does. Resolves with the link. */
  async shareFiles(files: readonly string[]): Promise<string> {
    const element = await this.#find('[data-testid="file-input"]');
    await this.#wire.ask('input.setFiles', { context: this.#tab, element, files });
    await this.waitForState('sharing');
    const { value } = await this.#evaluate(`document.querySelector('[data-testid="share-link"]').value`);
    return String(value);
  }

  async waitForState(state: string): Promise<void> {
    await this.#find(`[data-testid="share"][data-state="${state}"]`);
  }

  async press(id: string): Promise<void> {
    await this.#find(`[data-testid="${id}"]:enabled`);
    await this.#evaluate(`document.querySelector('[data-testid="${id}"]').click()`);
  }

  /** Saves the only file. Resolves with its SHA-256 in hexadecimal. */
  async save(name: string): Promise<string> {
    await this.press('save');
    const folder = downloadsIn(this.#directory);
    const overdue = Date.now() + PATIENCE_MS;
    for (;;) {
      const names = await readdir(folder);
      // While it is written, another of this name and `.part` stands beside it.
      if (names.length === 1 && names[0] === name) return sha256Of(join(folder, name));
      if (Date.now() > overdue)
        throw new Error(`save: expected ${name}, found ${names.join(', ') || 'nothing'}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async remove(): Promise<void> {
    const exited = once(this.#process, 'exit');
    await this.#wire.ask('browser.close').catch(() => undefined);
    await exited;
    await rm(this.#directory, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }

  /** Waits for an element, without asking again and again. */
  async #find(selector: string): Promise<Answer> {
    const awaited = `new Promise((resolve, reject) => {
      const look = () => document.querySelector(${JSON.stringify(selector)});
      const give = () => look() && (observer.disconnect(), resolve(look()));
      const observer = new MutationObserver(give);
      observer.observe(document, { subtree: true, childList: true, attributes: true });
      setTimeout(() => reject(new Error('expected ' + ${JSON.stringify(selector)} + ', the page says: '
        + document.body.innerText.slice(0, 300))), ${PATIENCE_MS});
      give();
    })`;
    const { sharedId } = await this.#evaluate(awaited);
    return { sharedId };
  }

  async #evaluate(expression: string): Promise<Answer> {
    const parameters = { expression, target: { context: this.#tab }, awaitPromise: true };
    const answer = await this.#wire.ask('script.evaluate', parameters);
    if (answer['type'] === 'exception') throw new Error(JSON.stringify(answer['exceptionDetails']));
    return answer['result'] as Answer;
  }
}

function preferences(directory: string): string {
  const all = { ...PREFERENCES, 'browser.download.dir': downloadsIn(directory) };
  return Object.entries(all)
    .map(([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`)
    .join('');
}

function downloadsIn(directory: string): string {
  return join(directory, 'shoal-downloads');
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
