import type { Time } from '../../base/time.ts';
import type { Signal } from '../../wire/signal.ts';
import type { Clock } from '../ports.ts';

/** A description and the candidates that came soon after it. */
export type Described = Extract<Signal, { sdp: string }>;

interface Gathering {
  readonly clock: Clock;
  /** How long nothing more may come, and how long to wait for that, at most. */
  readonly quiet: Time;
  readonly longest: Time;
}

/** Collects what our side has to tell the other, so that it can be told at once; the candidates are lines of the description. */
export class Description {
  readonly #gathering: Gathering;
  readonly #whole: (described: Described) => void;
  #described: Described | undefined;
  #candidates: string[] = [];
  #since: Time = 0;
  #cancel: (() => void) | undefined;
  #done = false;

  constructor(gathering: Gathering, whole: (described: Described) => void) {
    this.#gathering = gathering;
    this.#whole = whole;
  }

  /** False for a candidate that comes too late to be part of it. */
  take(signal: Signal): boolean {
    if (this.#done) return false;
    if (signal.type === 'candidate') {
      if (signal.candidate !== '') this.#candidates.push(`a=${signal.candidate}`);
    } else {
      this.#described = signal;
      this.#since = this.#gathering.clock.now();
    }
    if (this.#described !== undefined) this.#wait(this.#described);
    return true;
  }

  callOff(): void {
    this.#cancel?.();
    this.#done = true;
  }

  #wait({ type, sdp }: Described): void {
    const { clock, quiet, longest } = this.#gathering;
    this.#cancel?.();
    this.#cancel = clock.at(Math.min(clock.now() + quiet, this.#since + longest), () => {
      this.#done = true;
      const lines = this.#candidates.map((line) => `${line}\r\n`);
      this.#whole({ type, sdp: sdp + lines.join('') });
    });
  }
}
