import { SECOND } from '../../base/time.ts';
import type { OverlayTools } from '../overlaySwitch.ts';
import { type LinkTools, OwnLink, type OwnLinkEvents, type OwnLinkOptions } from './ownLink.ts';

/** Connections made for the DHT alone. */
const MAX_OWN_LINKS = 32;
const LOOK = 5 * SECOND;
const KEEP_ALIVE = 10 * SECOND;
const SILENCE = 30 * SECOND;

type LinksTools = LinkTools & Pick<OverlayTools, 'budget'>;

/** All connections that were made for the DHT alone: how many there may be, and whether their other ends still live. */
export class OwnLinks {
  readonly #tools: LinksTools;
  readonly #links = new Set<OwnLink>();
  #taking = false;
  #cancelLook: (() => void) | undefined;

  constructor(tools: LinksTools) {
    this.#tools = tools;
  }

  get size(): number {
    return this.#links.size;
  }

  /** Open, and made to somebody who speaks the DHT's extension. */
  get open(): number {
    return [...this.#links].filter(({ state }) => state === 'open').length;
  }

  /** Nothing when there is no connection to be had. */
  make(options: OwnLinkOptions, events: OwnLinkEvents): OwnLink | undefined {
    if (this.#links.size >= MAX_OWN_LINKS || !this.#takePlace()) return undefined;
    const link: OwnLink = new OwnLink(this.#tools, options, {
      ...events,
      ended: () => {
        this.#links.delete(link);
        this.#tools.budget.giveBack();
        events.ended();
      },
    });
    this.#links.add(link);
    this.#watch();
    return link;
  }

  /** Ends the one that is idle for longest, for somebody who needs the connection more. */
  spare(): boolean {
    if (this.#taking) return false;
    const open = [...this.#links].filter(({ state }) => state === 'open');
    const [idle] = open.sort((a, b) => a.usedAt - b.usedAt);
    idle?.end();
    return idle !== undefined;
  }

  woke(): void {
    for (const link of this.#links) link.woke();
  }

  end(): void {
    this.#cancelLook?.();
    for (const link of [...this.#links]) link.end();
  }

  /** None of ours goes for another of ours. */
  #takePlace(): boolean {
    this.#taking = true;
    const taken = this.#tools.budget.take();
    this.#taking = false;
    return taken;
  }

  #watch(): void {
    const { clock } = this.#tools;
    this.#cancelLook ??= clock.at(clock.now() + LOOK, () => {
      this.#cancelLook = undefined;
      for (const link of [...this.#links]) link.look(KEEP_ALIVE, SILENCE);
      if (this.#links.size > 0) this.#watch();
    });
  }
}
