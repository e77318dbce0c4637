import { describe, expect, it, vi } from 'vitest';
import { ManualClock } from '../acceptance/doubles/manualClock.ts';
import { MINUTE, SECOND } from '../base/time.ts';
import { watchSleep } from './sleepWatch.ts';

const DAY = 24 * 60 * MINUTE;

function watched(): { clock: ManualClock; woke: () => void; stop: () => void } {
  const clock = new ManualClock();
  const woke = vi.fn();
  return { clock, woke, stop: watchSleep(clock, clock.wall, woke) };
}

describe('watchSleep', () => {
  it('tells of a sleep once, within two seconds of waking', () => {
    const { clock, woke } = watched();
    clock.pass(MINUTE);
    clock.shiftWall(6 * SECOND);
    clock.pass(2 * SECOND);
    expect(woke).toHaveBeenCalledTimes(1);
    clock.pass(MINUTE);
    expect(woke).toHaveBeenCalledTimes(1);
    clock.shiftWall(DAY);
    clock.pass(2 * SECOND);
    expect(woke).toHaveBeenCalledTimes(2);
  });

  it('does not mind a clock that is corrected, drifts, or is set back', () => {
    const { clock, woke } = watched();
    for (let look = 0; look < 100; look++) {
      clock.shiftWall(look % 2 === 0 ? 4 * SECOND : -DAY);
      clock.pass(2 * SECOND);
    }
    expect(woke).not.toHaveBeenCalled();
  });

  it('can be ended', () => {
    const { clock, woke, stop } = watched();
    clock.pass(MINUTE);
    stop();
    clock.shiftWall(DAY);
    clock.pass(MINUTE);
    expect(woke).not.toHaveBeenCalled();
    expect(clock.nextAt).toBeUndefined();
  });
});
