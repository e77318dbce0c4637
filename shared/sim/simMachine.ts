import type { Time } from '../src/base/time.ts';
import { watchSleep } from '../src/platform/sleepWatch.ts';
import { type AsleepClock, MachineClock } from './machineClock.ts';
import type { Network } from './network.ts';
import type { World } from './world.ts';

/** What a simulated peer runs on. It may sleep: then it stands still, and nobody reaches it. */
export class SimMachine {
  readonly clock: MachineClock;
  readonly #name: string;
  readonly #network: Network;
  readonly #woke: () => void;
  #endWatch: (() => void) | undefined;

  /** @param woke called when it may have slept, as the production watch for that finds. */
  constructor(name: string, world: World, network: Network, woke: () => void) {
    this.clock = new MachineClock(world);
    this.#name = name;
    this.#network = network;
    this.#woke = woke;
  }

  get asleep(): boolean {
    return this.clock.asleep;
  }

  sleep(clock: AsleepClock): void {
    this.#watchSleep();
    this.#network.unplug(this.#name);
    this.clock.sleep(clock);
  }

  wake(): void {
    this.#network.plugIn(this.#name);
    this.clock.wake();
  }

  /** Somebody sets the clock on the wall, ahead or, where negative, back. */
  setWall(by: Time): void {
    this.#watchSleep();
    this.clock.setWall(by);
  }

  /** Nobody is there any more whom anything concerns. */
  end(): void {
    this.#endWatch?.();
    if (this.asleep) this.wake();
  }

  /** Only where it has something to watch for: it would be many events. */
  #watchSleep(): void {
    this.#endWatch ??= watchSleep(
      this.clock,
      () => this.clock.wall(),
      () => this.#woke(),
    );
  }
}
