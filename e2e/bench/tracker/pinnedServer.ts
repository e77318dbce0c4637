import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const MAIN = fileURLToPath(new URL('../../../server/dist/main.js', import.meta.url));
const COLLECT_ON_SIGNAL = 'data:text/javascript,process.on("SIGUSR2",()=>{gc();gc()})';
/** Not everywhere: without it the system decides where things run. */
const PIN = 'taskset';
const SETTLE_MS = 1500;

/** The built server on core 0 alone, where cores can be chosen; then this process takes another. */
export class PinnedServer {
  readonly port: number;
  readonly #process: ChildProcess;

  private constructor(process: ChildProcess, port: number) {
    this.#process = process;
    this.port = port;
  }

  static async start(): Promise<PinnedServer> {
    const pins = availableParallelism() > 1 && spawnSync(PIN, ['-c', '0', 'true']).status === 0;
    if (pins) spawnSync(PIN, ['-cp', `1-${availableParallelism() - 1}`, String(process.pid)]);
    const node = [process.execPath, '--expose-gc', '--import', COLLECT_ON_SIGNAL, MAIN];
    const [command = '', ...parameters] = pins ? [PIN, '-c', '0', ...node] : node;
    const child = spawn(command, parameters, {
      env: { ...process.env, PORT: '0', STUN_PORT: '0', HOST: '127.0.0.1', TRUST_PROXY: '1' },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const [line] = (await once(child.stdout, 'data')) as [Buffer];
    return new PinnedServer(child, Number(/:(\d+)\n$/.exec(line.toString())?.[1]));
  }

  /** KiB of resident memory, with the garbage collected. */
  async memory(): Promise<number> {
    this.#process.kill('SIGUSR2');
    await delay(SETTLE_MS);
    this.#process.kill('SIGUSR2');
    await delay(SETTLE_MS);
    return (await this.metric('process_resident_memory_bytes')) / 1024;
  }

  async metric(name: string): Promise<number> {
    const text = await (await fetch(`http://127.0.0.1:${this.port}/metrics`)).text();
    const line = text.split('\n').find((candidate) => candidate.startsWith(`${name} `));
    if (line === undefined) throw new Error(`metrics: expected ${name}, received none`);
    return Number(line.split(' ')[1]);
  }

  async stop(): Promise<void> {
    const exited = once(this.#process, 'exit');
    this.#process.kill('SIGTERM');
    await exited;
  }
}
