import type { BrowserContext } from 'playwright';
import { isKept, placeOf, withPort } from './candidates.ts';
import type { LineSettings } from './line.ts';
import type { Counts } from './relay.ts';
import { RelayProcess } from './relayProcess.ts';
import { routePages } from './routedPage.ts';
import { Stands } from './stands.ts';

/**
 * Every packet between two pages that are on it passes a relay, as each page's line has it; the pages do not know. What
 * goes to a server, of whatever kind, goes there directly.
 */
export class EmulatedNetwork {
  readonly #relay: RelayProcess;
  readonly #stands = new Stands();
  #lines = 0;

  private constructor(relay: RelayProcess) {
    this.#relay = relay;
  }

  /** @param seed of what is lost at random. */
  static async start(seed = 1): Promise<EmulatedNetwork> {
    return new EmulatedNetwork(await RelayProcess.start(seed));
  }

  async newLine(settings: LineSettings = {}): Promise<Line> {
    const line = new Line(this.#lines++, this.#relay, this.#stands);
    await line.change(settings);
    return line;
  }

  /** Since the start. */
  counts(): Promise<Counts> {
    return this.#relay.counts();
  }

  stop(): Promise<void> {
    return this.#relay.stop();
  }
}

/** What a browser's pages are connected with. */
export class Line {
  readonly #id: number;
  readonly #relay: RelayProcess;
  readonly #stands: Stands;

  constructor(id: number, relay: RelayProcess, stands: Stands) {
    this.#id = id;
    this.#relay = relay;
    this.#stands = stands;
  }

  /** Everything that this browser loads from now on is on this line. To be called again when it was opened again. */
  attach(context: BrowserContext): Promise<void> {
    return routePages(context, {
      made: (candidate) => this.#made(candidate),
      seen: (candidate) => this.#seen(candidate),
    });
  }

  /** In place of all that was set before, at once. */
  async change(settings: LineSettings): Promise<void> {
    await this.#relay.ask({ type: 'line', line: this.#id, settings });
  }

  /** What the pages have open leads nowhere any more; what they open from now on does. */
  async changeAddress(): Promise<void> {
    await this.#relay.ask({ type: 'forget', line: this.#id });
  }

  async #made(candidate: string): Promise<void> {
    const place = placeOf(candidate);
    if (place === undefined) return;
    const port = await this.#relay.ask({ type: 'stand', line: this.#id, ...place });
    if (typeof port !== 'number') throw new TypeError(`relay: expected a port, received ${typeof port}`);
    this.#stands.tell(place, port);
  }

  async #seen(candidate: string): Promise<string | undefined> {
    if (isKept(candidate)) return candidate;
    const place = placeOf(candidate);
    const port = place === undefined ? undefined : await this.#stands.find(place);
    return port === undefined ? undefined : withPort(candidate, port);
  }
}
