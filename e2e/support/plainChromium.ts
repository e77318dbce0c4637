import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findChromium } from './chromium.ts';
import { CHROMIUM_ARGUMENTS } from './profile.ts';
import { printed, Wire } from './wire.ts';

/**
 * A Chromium driven without playwright, which makes every page believe that it is in front: here a tab behind another
 * is as hidden as it is for a person.
 */
export class PlainChromium {
  readonly #process: ChildProcess;
  readonly #directory: string;
  readonly #wire: Wire;

  private constructor(process: ChildProcess, directory: string, wire: Wire) {
    this.#process = process;
    this.#directory = directory;
    this.#wire = wire;
  }

  static async start(): Promise<PlainChromium> {
    const directory = await mkdtemp(join(tmpdir(), 'shoal-plain-'));
    const own = ['--headless=new', '--remote-debugging-port=0', `--user-data-dir=${directory}`];
    const child = spawn(findChromium(), [...CHROMIUM_ARGUMENTS, ...own, 'about:blank'], {
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const address = await printed(child, /DevTools listening on (ws:\S+)/);
    return new PlainChromium(child, directory, await Wire.open(address));
  }

  /** A tab in front of all others. */
  async newTab(): Promise<PlainTab> {
    const { targetId } = await this.#wire.ask('Target.createTarget', { url: 'about:blank' });
    const { sessionId } = await this.#wire.ask('Target.attachToTarget', { targetId, flatten: true });
    return new PlainTab(this.#wire, String(sessionId));
  }

  async remove(): Promise<void> {
    const exited = once(this.#process, 'exit');
    await this.#wire.ask('Browser.close');
    await exited;
    await rm(this.#directory, { recursive: true, force: true, maxRetries: 3 });
  }
}

export class PlainTab {
  readonly #wire: Wire;
  readonly #session: string;

  constructor(wire: Wire, session: string) {
    this.#wire = wire;
    this.#session = session;
  }

  async goto(address: string): Promise<void> {
    await this.#wire.ask('Page.navigate', { url: address }, this.#session);
  }

  /** The value of an expression, when its promise has been kept. */
  async evaluate(expression: string): Promise<unknown> {
    const parameters = { expression, awaitPromise: true, returnByValue: true };
    const answer = await this.#wire.ask('Runtime.evaluate', parameters, this.#session);
    if (answer['exceptionDetails'] !== undefined) throw new Error(JSON.stringify(answer['exceptionDetails']));
    return (answer['result'] as { value?: unknown }).value;
  }
}
