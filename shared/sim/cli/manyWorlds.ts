import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { WorldReport } from './part.ts';

const PART = fileURLToPath(new URL('part.ts', import.meta.url));
const EVERY = 1000;

/** Runs the worlds of so many seeds, and prints each that goes wrong. True when none does. */
export async function manyWorlds(from: number, count: number, jobs: number): Promise<boolean> {
  const tally = new Tally(count);
  const parts = Array.from({ length: jobs }, (_, part) =>
    runPart([from + part, from + count, jobs], (report) => tally.add(report)),
  );
  const codes = await Promise.all(parts);
  return tally.end() && codes.every((code) => code === 0);
}

class Tally {
  readonly #count: number;
  readonly #began = performance.now();
  #worlds = 0;
  #failures = 0;
  #events = 0;

  constructor(count: number) {
    this.#count = count;
  }

  add({ failure, events }: WorldReport): void {
    this.#worlds++;
    this.#events += events;
    if (failure !== undefined) {
      this.#failures++;
      console.error(failure);
    }
    if (this.#worlds % EVERY === 0) console.error(this.#line());
  }

  end(): boolean {
    console.log(this.#line());
    return this.#failures === 0 && this.#worlds === this.#count;
  }

  #line(): string {
    const seconds = ((performance.now() - this.#began) / 1000).toFixed(0);
    return `${this.#worlds} of ${this.#count} worlds, ${this.#failures} went wrong, ${this.#events} events, ${seconds} s`;
  }
}

async function runPart(args: readonly number[], told: (report: WorldReport) => void): Promise<unknown> {
  const child = fork(PART, args.map(String));
  child.on('message', (report: WorldReport) => told(report));
  const [code] = (await once(child, 'exit')) as [unknown];
  return code;
}
