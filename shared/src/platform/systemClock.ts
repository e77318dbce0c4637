import type { Time } from '../base/time.ts';
import type { Clock } from '../host/ports.ts';

/** The longest wait a timer takes; a longer one would ring at once. */
const FARTHEST = 2 ** 31 - 1;

/** Milliseconds since the thread began, on the platform's monotonic clock. */
export const systemClock: Clock = { now, at };

function now(): Time {
  // eslint-disable-next-line no-restricted-properties -- this is where time comes from
  return performance.now();
}

/** Milliseconds since 1970, as the machine's user or network has set it: it goes on through a sleep, and may jump. */
export function wallClock(): Time {
  // eslint-disable-next-line no-restricted-properties -- this is where time comes from
  return Date.now();
}

/** Timers may ring a little early, and a far one is set in stages: what rings too soon is set again. */
function at(time: Time, call: () => void): () => void {
  let timer = setTimeout(ring, wait(time));
  return () => {
    clearTimeout(timer);
  };

  function ring(): void {
    if (now() >= time) call();
    else timer = setTimeout(ring, wait(time));
  }
}

function wait(time: Time): number {
  return Math.min(Math.max(Math.ceil(time - now()), 0), FARTHEST);
}
