import type { BrowserContext, Page } from 'playwright';

/** Collects everything that must not happen in any tab of the contexts that it watches. */
export class Watcher {
  readonly problems: string[] = [];
  readonly #host: string;

  /** @param origin the only one that may be spoken to. */
  constructor(origin: string) {
    this.#host = new URL(origin).host;
  }

  watch(context: BrowserContext): void {
    context.on('console', (message) => {
      if (message.type() === 'error')
        this.#note('console error', `${message.text()} (${message.location().url})`);
      else if (/content security policy/i.test(message.text())) this.#note('policy', message.text());
    });
    context.on('weberror', (error) => this.#note('uncaught', String(error.error())));
    context.on('request', (request) => this.#visited(request.url()));
    context.on('page', (page) => this.#watchSockets(page));
    for (const page of context.pages()) this.#watchSockets(page);
  }

  /** @throws Error naming every problem seen so far. */
  check(): void {
    if (this.problems.length > 0) throw new Error(`expected a quiet page, saw:\n${this.problems.join('\n')}`);
  }

  #watchSockets(page: Page): void {
    page.on('websocket', (socket) => this.#visited(socket.url()));
  }

  #visited(address: string): void {
    const { protocol, host } = new URL(address);
    if (/^(?:https?|wss?):$/.test(protocol) && host !== this.#host) this.#note('another host', address);
  }

  #note(kind: string, what: string): void {
    this.problems.push(`${kind}: ${what}`);
  }
}
