import { type ChildProcess, fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Job, Outcome } from './job.ts';

/**
 * Most of what a simulation makes is short-lived: room for it spares the collector work. With more allowed for the rest than
 * a thousand peers need, what has become garbage since would be left lying there.
 */
const MEMORY = ['--max-semi-space-size=32', '--max-old-space-size=1400'];
const WORKER = fileURLToPath(new URL('worker.ts', import.meta.url));

interface Waiting {
  readonly job: Job;
  readonly resolve: (outcome: Outcome) => void;
}

/** Performs jobs in processes, the first to come first. */
export class Pool {
  readonly #size: number;
  readonly #waiting: Waiting[] = [];
  readonly #idle: ChildProcess[] = [];
  readonly #busy = new Map<ChildProcess, Waiting>();

  /** @param size how many processes at most. */
  constructor(size: number) {
    this.#size = size;
  }

  /** A process that dies on a job has failed it. */
  run(job: Job): Promise<Outcome> {
    return new Promise((resolve) => {
      this.#waiting.push({ job, resolve });
      this.#next();
    });
  }

  /** Ends all processes, whatever they are doing. */
  end(): void {
    this.#waiting.length = 0;
    for (const worker of [...this.#idle, ...this.#busy.keys()]) worker.kill('SIGKILL');
  }

  #next(): void {
    if (this.#waiting.length === 0 || this.#busy.size >= this.#size) return;
    const worker = this.#idle.pop() ?? this.#start();
    const waiting = this.#waiting.shift();
    if (waiting === undefined) return;
    this.#busy.set(worker, waiting);
    worker.send(waiting.job);
  }

  #start(): ChildProcess {
    const worker = fork(WORKER, { execArgv: ['--import', 'tsx', ...MEMORY], serialization: 'advanced' });
    worker.on('message', (outcome: Outcome) => {
      this.#idle.push(worker);
      this.#settle(worker, outcome);
    });
    worker.once('exit', (code, signal) => {
      const place = this.#idle.indexOf(worker);
      if (place !== -1) this.#idle.splice(place, 1);
      this.#settle(worker, { type: 'failed', error: signal ?? `exit code ${code}` });
    });
    return worker;
  }

  #settle(worker: ChildProcess, outcome: Outcome): void {
    this.#busy.get(worker)?.resolve(outcome);
    this.#busy.delete(worker);
    this.#next();
  }
}
