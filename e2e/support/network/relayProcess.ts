import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import type { Counts } from './relay.ts';
import type { Answer, Asked, Question } from './relayMessage.ts';

const MAIN = fileURLToPath(new URL('relayMain.ts', import.meta.url));

interface Waiting {
  readonly resolve: (value: Answer['value']) => void;
  readonly reject: (error: Error) => void;
}

/** Asks the relay, which runs in a process of its own. */
export class RelayProcess {
  readonly #child: ChildProcess;
  readonly #waiting = new Map<number, Waiting>();
  #asked = 0;

  private constructor(child: ChildProcess) {
    this.#child = child;
    child.on('message', ({ id, value }: Answer) => {
      this.#waiting.get(id)?.resolve(value);
      this.#waiting.delete(id);
    });
    child.once('exit', () => {
      for (const { reject } of this.#waiting.values())
        reject(new Error('relay: expected an answer, it has ended'));
    });
  }

  /** @param seed of what is lost at random. */
  static async start(seed: number): Promise<RelayProcess> {
    const child = fork(MAIN, [String(seed)], { execArgv: ['--import', 'tsx'] });
    await once(child, 'spawn');
    return new RelayProcess(child);
  }

  ask(question: Question): Promise<Answer['value']> {
    const id = this.#asked++;
    return new Promise((resolve, reject) => {
      this.#waiting.set(id, { resolve, reject });
      this.#child.send({ id, question } satisfies Asked);
    });
  }

  async counts(): Promise<Counts> {
    const counts = await this.ask({ type: 'counts' });
    if (typeof counts === 'object') return counts;
    throw new TypeError(`relay: expected counts, received ${typeof counts}`);
  }

  async stop(): Promise<void> {
    const exited = once(this.#child, 'exit');
    this.#child.kill();
    await exited;
  }
}
