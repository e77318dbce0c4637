import type { Time } from '../src/base/time.ts';
import type { Clock } from '../src/host/ports.ts';
import type { World } from './world.ts';

/** Milliseconds: less than this is rounding. */
const NOTHING = 1e-6;

/** Whether the monotonic clock of a machine goes on while it sleeps: that differs among systems. */
export type AsleepClock = 'stops' | 'goes-on';

/** What a simulated machine takes for the time. It may sleep, and somebody may set its clock on the wall. */
export class MachineClock implements Clock {
  readonly #world: World;
  /** How far it is behind the world. */
  #behind = 0;
  #wallAhead = 0;
  /** The latest time for which something was to be called. */
  #reached: Time = 0;
  #asleep: { readonly since: Time; readonly clock: AsleepClock } | undefined;
  #held: (() => void)[] = [];

  constructor(world: World) {
    this.#world = world;
  }

  get asleep(): boolean {
    return this.#asleep !== undefined;
  }

  now(): Time {
    const now = this.#asleep?.clock === 'stops' ? this.#asleep.since : this.#world.now;
    return Math.max(now - this.#behind, this.#reached);
  }

  /** The clock on the wall, which nobody but the watch for sleep looks at. */
  wall(): Time {
    return this.#world.now + this.#wallAhead;
  }

  at(time: Time, call: () => void): () => void {
    let off = false;
    const due = () => {
      if (off) return;
      if (this.asleep) this.#held.push(due);
      else if (time - this.now() > NOTHING) this.#world.after(time - this.now(), due);
      else this.#call(time, call);
    };
    this.#world.after(time - this.now(), due);
    return () => (off = true);
  }

  /** It is that time, whatever is lost in sums. */
  #call(time: Time, call: () => void): void {
    this.#reached = Math.max(this.#reached, time);
    call();
  }

  /** Calls at once, or when the machine wakes. */
  whenAwake(call: () => void): void {
    if (this.asleep) this.#held.push(call);
    else call();
  }

  /** The wall clock is set, ahead or, where negative, back. */
  setWall(by: number): void {
    this.#wallAhead += by;
  }

  sleep(clock: AsleepClock): void {
    this.#asleep ??= { since: this.#world.now, clock };
  }

  /** Whatever was due meanwhile happens now, in its order, unless its time has not come on this clock. */
  wake(): void {
    if (this.#asleep === undefined) return;
    const { since, clock } = this.#asleep;
    if (clock === 'stops') this.#behind += this.#world.now - since;
    this.#asleep = undefined;
    const held = this.#held;
    this.#held = [];
    for (const call of held) call();
  }
}
