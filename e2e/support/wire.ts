import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { WebSocket } from 'ws';

export type Answer = Readonly<Record<string, unknown>>;

interface Spoken {
  readonly id?: number;
  readonly method?: string;
  readonly params?: Answer;
  readonly result?: Answer;
  readonly error?: unknown;
  readonly message?: string;
}

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (error: Error) => void;
}

const START_MS = 60_000;

/** Numbered commands and their answers over a WebSocket, as DevTools and WebDriver BiDi both have them. */
export class Wire {
  readonly #socket: WebSocket;
  readonly #waiting = new Map<number, Waiting>();
  #heard: (method: string, parameters: Answer) => void = () => undefined;
  #last = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    socket.on('message', (data: Buffer) => this.#take(JSON.parse(data.toString()) as Spoken));
    socket.on('close', () => {
      for (const { reject } of this.#waiting.values()) reject(new Error('browser: the connection is gone'));
    });
  }

  static async open(address: string): Promise<Wire> {
    const socket = new WebSocket(address);
    await once(socket, 'open');
    return new Wire(socket);
  }

  /** @throws Error with what the browser says of a command that failed. */
  ask(method: string, parameters: Answer = {}, session?: string): Promise<Answer> {
    const id = ++this.#last;
    const command = { id, method, params: parameters, ...(session !== undefined && { sessionId: session }) };
    this.#socket.send(JSON.stringify(command));
    return new Promise((resolve, reject) => this.#waiting.set(id, { resolve, reject }));
  }

  /** Calls for everything that is no answer. */
  listen(heard: (method: string, parameters: Answer) => void): void {
    this.#heard = heard;
  }

  #take({ id, method, params, result, error, message }: Spoken): void {
    if (id === undefined) return this.#heard(method ?? '', params ?? {});
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined) waiting?.resolve(result ?? {});
    else waiting?.reject(new Error(`${JSON.stringify(error)} ${message ?? ''}`));
  }
}

/** What a pattern captures of what a process prints on its standard error. */
export function printed(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const fail = () => reject(new Error(`browser: expected ${String(pattern)}, it printed:\n${text}`));
    const overdue = setTimeout(fail, START_MS);
    child.once('exit', fail);
    child.stderr?.on('data', (chunk: Buffer) => {
      text = (text + chunk.toString()).slice(-10_000);
      const [, captured] = pattern.exec(text) ?? [];
      if (captured === undefined) return;
      clearTimeout(overdue);
      resolve(captured);
    });
  });
}
