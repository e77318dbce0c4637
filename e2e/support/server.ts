import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../server/dist/main.js', import.meta.url));
const START_MS = 20_000;
const STOP_MS = 10_000;

/** The built server as a process of its own. */
export class Server {
  readonly origin: string;
  readonly port: number;
  readonly #process: ChildProcess;

  private constructor(process: ChildProcess, port: number) {
    this.#process = process;
    this.port = port;
    this.origin = `http://localhost:${port}`;
  }

  /**
   * Resolves when it says that it is running. On a free port unless one is named; without STUN unless asked for.
   * @throws Error with all that it printed when it does not get that far.
   */
  static async start(environment: Readonly<Record<string, string>> = {}): Promise<Server> {
    if (!existsSync(MAIN)) throw new Error(`server: expected ${MAIN}, found nothing. Build it first.`);
    const port = Number(environment['PORT'] ?? (await freePort()));
    const child = spawn(process.execPath, [MAIN], {
      env: { ...process.env, STUN_PORT: '0', ...environment, PORT: String(port) },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    await announced(child);
    return new Server(child, port);
  }

  /** Asks it to end (SIGTERM) and resolves with its exit code; kills it when it takes too long. */
  async stop(): Promise<number | null> {
    if (this.#process.exitCode !== null || this.#process.signalCode !== null) return this.#process.exitCode;
    const exited = once(this.#process, 'exit');
    this.#process.kill('SIGTERM');
    const overdue = setTimeout(() => this.#process.kill('SIGKILL'), STOP_MS);
    await exited;
    clearTimeout(overdue);
    return this.#process.exitCode;
  }

  /** Ends it without a word, as a crash does (SIGKILL). */
  async kill(): Promise<void> {
    const exited = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await exited;
  }
}

function announced(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let printed = '';
    const fail = (why: string) => {
      child.kill('SIGKILL');
      reject(new Error(`server: expected it to run, ${why}. It printed:\n${printed}`));
    };
    const overdue = setTimeout(() => fail(`nothing heard in ${START_MS} ms`), START_MS);
    const listen = (chunk: Buffer) => {
      printed = (printed + chunk.toString()).slice(-10_000);
      if (!printed.includes('Shoal is running at')) return;
      clearTimeout(overdue);
      resolve();
    };
    child.stdout?.on('data', listen);
    child.stderr?.on('data', listen);
    child.once('exit', (code) => fail(`ended with ${code ?? 'a signal'}`));
  });
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0);
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('port: expected a number');
  return address.port;
}
