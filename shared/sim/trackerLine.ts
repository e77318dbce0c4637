import type { Bytes } from '../src/base/bytes.ts';
import type { PeerId } from '../src/base/ids.ts';
import type { Random } from '../src/base/random.ts';
import { SECOND } from '../src/base/time.ts';
import type { AnnounceEvent, AnnounceResult, Clock } from '../src/host/ports.ts';
import type { Announcing, SimTracker } from './simTracker.ts';

/** As the browser's tracker client has it. */
const PATIENCE = 10 * SECOND;
const FIRST_DELAY = 0.5 * SECOND;
const LONGEST_DELAY = 30 * SECOND;

const UNREACHABLE: AnnounceResult = { type: 'unreachable' };

export interface TrackerLineOptions {
  readonly tracker: SimTracker;
  readonly clock: Clock;
  readonly random: Random;
  readonly member: Announcing;
  /** The tracker can be reached again, and may have forgotten the member. */
  reconnected(): void;
}

/** One peer's connection to the tracker. When it is lost, it is made again, after growing and jittered delays. */
export class TrackerLine {
  readonly #options: TrackerLineOptions;
  #state: 'connected' | 'lost' | 'closed' = 'connected';
  #failures = 0;

  constructor(options: TrackerLineOptions) {
    this.#options = options;
  }

  announce(event: AnnounceEvent, answered: (result: AnnounceResult) => void): void {
    const { tracker, member, clock } = this.#options;
    if (this.#state !== 'connected') return answered(UNREACHABLE);
    let waiting = true;
    const answer = (result: AnnounceResult) => {
      if (waiting) answered(result);
      waiting = false;
    };
    clock.at(clock.now() + PATIENCE, () => {
      if (waiting) this.lost();
      answer(UNREACHABLE);
    });
    tracker.announce(member, event, answer);
  }

  relay(to: PeerId, sealed: Bytes): void {
    const { tracker, member } = this.#options;
    if (this.#state === 'connected') tracker.relay(member, to, sealed);
  }

  lost(): void {
    if (this.#state !== 'connected') return;
    this.#state = 'lost';
    this.#tryInTime();
  }

  /** At once, whether what is open still leads there or not. */
  reconnect(): void {
    this.lost();
    this.#failures = 0;
    this.#try();
  }

  close(): void {
    this.#state = 'closed';
  }

  #tryInTime(): void {
    const { clock, random } = this.#options;
    const delay = Math.min(FIRST_DELAY * 2 ** this.#failures, LONGEST_DELAY) * (0.5 + random.next());
    clock.at(clock.now() + delay, () => this.#try());
  }

  #try(): void {
    if (this.#state !== 'lost') return;
    const { tracker, member } = this.#options;
    if (tracker.down || !member.reachesTracker) {
      this.#failures++;
      return this.#tryInTime();
    }
    this.#state = 'connected';
    this.#failures = 0;
    this.#options.reconnected();
  }
}
