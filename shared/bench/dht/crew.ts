import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Job, Outcome } from './worker.ts';

const WORKER = fileURLToPath(new URL('worker.ts', import.meta.url));
/**
 * Most of what a simulation makes is short-lived, and the rest lives until its end: room for both spares the collector
 * work. Ten thousand nodes take gigabytes.
 */
const MEMORY = ['--max-semi-space-size=64', '--initial-old-space-size=3000', '--max-old-space-size=6000'];

/** Performs jobs, each in a process of its own, some at a time. */
export class Crew {
  readonly #size: number;
  readonly #waiting: (() => void)[] = [];
  readonly #ending = new Set<() => void>();
  #busy = 0;

  constructor(size: number) {
    this.#size = size;
  }

  async perform(job: Job): Promise<Outcome> {
    if (this.#busy >= this.#size) await new Promise<void>((resolve) => this.#waiting.push(resolve));
    this.#busy++;
    try {
      return await this.#run(job);
    } finally {
      this.#busy--;
      this.#waiting.shift()?.();
    }
  }

  /** Ends those at work. */
  end(): void {
    for (const end of this.#ending) end();
  }

  #run(job: Job): Promise<Outcome> {
    const process = fork(WORKER, { execArgv: ['--import', 'tsx', ...MEMORY] });
    const end = () => process.kill('SIGKILL');
    this.#ending.add(end);
    return new Promise((resolve) => {
      process.once('message', (outcome: Outcome) => resolve(outcome));
      process.once('exit', (code, signal) => {
        this.#ending.delete(end);
        resolve({ type: 'failed', error: signal ?? `exit code ${code}` });
      });
      process.send(job);
    });
  }
}
