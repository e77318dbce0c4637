import type { Random } from '../base/random.ts';
import { SECOND } from '../base/time.ts';
import type { AnnounceEvent, AnnounceResult, Clock } from './ports.ts';

const RETRY = 5 * SECOND;
const LONELY_INTERVAL = 10 * SECOND;

export interface AnnouncerOptions {
  readonly clock: Clock;
  readonly random: Random;
  /** @param answered to be called once. */
  announce(event: AnnounceEvent, answered: (result: AnnounceResult) => void): void;
  /** Nobody is connected and somebody is needed: ask again sooner. */
  lonely(): boolean;
  heard(result: AnnounceResult): void;
}

/** Keeps one share known to the tracker: at once, at every change, and at the interval the tracker names. */
export class Announcer {
  readonly #options: AnnouncerOptions;
  #cancel: (() => void) | undefined;
  #running = false;
  #announced = false;
  #round = 0;

  constructor(options: AnnouncerOptions) {
    this.#options = options;
  }

  start(): void {
    this.#running = true;
    this.#announce('started');
  }

  /** The connection to the tracker is there again: it may have forgotten us. */
  reconnected(): void {
    if (this.#running) this.#announce(this.#announced ? 'update' : 'started');
  }

  completed(): void {
    if (this.#running) this.#announce('completed');
  }

  stop(): void {
    if (!this.#running) return;
    this.#running = false;
    this.#round++;
    this.#cancel?.();
    this.#options.announce('stopped', () => undefined);
  }

  #announce(event: AnnounceEvent): void {
    const round = ++this.#round;
    this.#cancel?.();
    this.#options.announce(event, (result) => {
      if (round === this.#round) this.#answered(result);
    });
  }

  #answered(result: AnnounceResult): void {
    this.#announced ||= result.type === 'announced';
    const { clock, random } = this.#options;
    const delay = this.#delayAfter(result) * (0.9 + 0.2 * random.next());
    this.#cancel = clock.at(clock.now() + delay, () => this.#announce('update'));
    this.#options.heard(result);
  }

  #delayAfter(result: AnnounceResult): number {
    if (result.type !== 'announced') return RETRY;
    return this.#options.lonely() ? Math.min(LONELY_INTERVAL, result.interval) : result.interval;
  }
}
