import { SECOND, type Time } from '../base/time.ts';
import type { Clock } from '../host/ports.ts';

const LOOK_INTERVAL = 2 * SECOND;
const SLEPT = 5 * SECOND;

/**
 * Notices that the machine has slept: a monotonic clock may stand still meanwhile, and the one on the wall outruns it.
 * One that is set forward looks the same; one that is set back means nothing.
 *
 * @param wall milliseconds, from whenever.
 * @returns how to end the watch.
 */
export function watchSleep(clock: Clock, wall: () => Time, woke: () => void): () => void {
  let lead = wall() - clock.now();
  let cancel = lookLater();
  return () => {
    cancel();
  };

  function lookLater(): () => void {
    return clock.at(clock.now() + LOOK_INTERVAL, look);
  }

  function look(): void {
    const before = lead;
    lead = wall() - clock.now();
    cancel = lookLater();
    if (lead - before > SLEPT) woke();
  }
}
