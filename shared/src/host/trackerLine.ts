import type { Clock, IceServer, TrackerConnection } from './ports.ts';
import type { TrackerState } from './snapshot.ts';

/** What kind of tracker it is, and so how far it is believed. */
export type LineKind =
  /** The page's own. */
  | 'own'
  /** Named by a link. */
  | 'named'
  /** Other tabs of this browser. */
  | 'tabs';

/** One of several trackers, and how the connection to it is. */
export class TrackerLine {
  readonly url: string;
  readonly kind: LineKind;
  readonly tracker: TrackerConnection;
  readonly #clock: Clock;
  #state: 'connecting' | 'connected' | { readonly retryAt: number } = 'connecting';
  #ice: readonly IceServer[] = [];

  /** @param connect makes the connection; the line is told how it fares. */
  constructor(url: string, kind: LineKind, clock: Clock, connect: (line: TrackerLine) => TrackerConnection) {
    this.url = url;
    this.kind = kind;
    this.#clock = clock;
    this.tracker = connect(this);
  }

  get connected(): boolean {
    return this.#state === 'connected';
  }

  get ice(): readonly IceServer[] {
    return this.#ice;
  }

  get state(): TrackerState {
    if (typeof this.#state === 'string') return { type: this.#state };
    return { type: 'waiting', retryIn: Math.max(0, this.#state.retryAt - this.#clock.now()) };
  }

  greeted(ice: readonly IceServer[]): void {
    this.#state = 'connected';
    this.#ice = ice;
  }

  told(ice: readonly IceServer[]): void {
    this.#ice = ice;
  }

  lost(retryIn: number): void {
    this.#state = { retryAt: this.#clock.now() + retryIn };
  }
}
