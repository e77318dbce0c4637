import type { Time } from '../base/time.ts';
import { Participation, type ParticipationEvents, type ParticipationOptions } from './participation.ts';
import type { AnnounceResult } from './ports.ts';
import type { Surroundings } from './surroundings.ts';

/** Piece bytes, since this session began. */
interface Traffic {
  readonly downloaded: number;
  readonly uploaded: number;
}

/** A share's presence in its swarm: one participation after another, and what is known across them. */
export class Presence {
  readonly #surroundings: Surroundings;
  #participation: Participation | undefined;
  #announced: AnnounceResult | undefined;
  #aloneSince: Time | undefined;
  /** Of participations that have ended. */
  #past: Traffic = { downloaded: 0, uploaded: 0 };
  #cancelReturn: (() => void) | undefined;

  constructor(surroundings: Surroundings) {
    this.#surroundings = surroundings;
  }

  get participation(): Participation | undefined {
    return this.#participation;
  }

  /** What the tracker said last; nothing before that. */
  get announced(): AnnounceResult | undefined {
    return this.#announced;
  }

  /** Since when somebody has been needed and nobody connected. */
  get aloneSince(): Time | undefined {
    return this.#aloneSince;
  }

  get traffic(): Traffic {
    const view = this.#participation?.view;
    return {
      downloaded: this.#past.downloaded + (view?.downloaded ?? 0),
      uploaded: this.#past.uploaded + (view?.uploaded ?? 0),
    };
  }

  begin(options: ParticipationOptions, events: ParticipationEvents): void {
    this.#participation = new Participation(this.#surroundings, options, events);
    this.#participation.start();
  }

  end(): void {
    this.#cancelReturn?.();
    this.#past = this.traffic;
    this.#participation?.end();
    this.#participation = undefined;
    this.#announced = undefined;
    this.#aloneSince = undefined;
  }

  /** Calls so many milliseconds from now, unless it has ended once more by then. */
  returnAfter(delay: number, call: () => void): void {
    const { clock } = this.#surroundings;
    this.#cancelReturn = clock.at(clock.now() + delay, call);
  }

  heardTracker(result: AnnounceResult): void {
    this.#announced = result;
  }

  /** To be called whenever that may have changed. */
  noticeLoneliness(): void {
    if (this.#participation?.lonely === true) this.#aloneSince ??= this.#surroundings.clock.now();
    else this.#aloneSince = undefined;
  }
}
