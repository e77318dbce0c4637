import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { systemClock } from './systemClock.ts';

const DAY = 86_400_000;

describe('systemClock', () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it('calls once, at the time and not before', () => {
    const call = vi.fn();
    systemClock.at(systemClock.now() + 50.5, call);
    vi.advanceTimersByTime(50);
    expect(call).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(call).toHaveBeenCalledOnce();
    vi.advanceTimersByTime(DAY);
    expect(call).toHaveBeenCalledOnce();
  });

  it('calls soon, though never at once, for a time that has passed', () => {
    const call = vi.fn();
    systemClock.at(systemClock.now() - DAY, call);
    expect(call).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(call).toHaveBeenCalledOnce();
  });

  it('reaches times beyond what one timer can wait', () => {
    const call = vi.fn();
    systemClock.at(systemClock.now() + 60 * DAY, call);
    vi.advanceTimersByTime(60 * DAY - 1);
    expect(call).not.toHaveBeenCalled();
    vi.advanceTimersByTime(2);
    expect(call).toHaveBeenCalledOnce();
  });

  it('can be called off, also after the first stage of a far time', () => {
    const call = vi.fn();
    const callOff = systemClock.at(systemClock.now() + 60 * DAY, call);
    vi.advanceTimersByTime(30 * DAY);
    callOff();
    vi.advanceTimersByTime(60 * DAY);
    expect(call).not.toHaveBeenCalled();
    expect(vi.getTimerCount()).toBe(0);
  });

  it('sets the timer again when it rings early', () => {
    const clock = vi.spyOn(performance, 'now');
    clock.mockReturnValue(1000);
    const call = vi.fn();
    systemClock.at(1010, call);
    clock.mockReturnValue(1009.2);
    vi.advanceTimersByTime(10);
    expect(call).not.toHaveBeenCalled();
    clock.mockReturnValue(1010.1);
    vi.advanceTimersByTime(1);
    expect(call).toHaveBeenCalledOnce();
    clock.mockRestore();
  });

  it.each([DAY, -DAY])('row 42: takes no notice of a wall clock that jumps by %i ms', (jump) => {
    const before = systemClock.now();
    const call = vi.fn();
    systemClock.at(before + 1000, call);
    vi.setSystemTime(Date.now() + jump);
    expect(systemClock.now()).toBe(before);
    vi.advanceTimersByTime(999);
    expect(call).not.toHaveBeenCalled();
    vi.advanceTimersByTime(1);
    expect(call).toHaveBeenCalledOnce();
  });
});
