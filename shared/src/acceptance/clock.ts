import { describe, expect, test } from 'vitest';
import { SECOND } from '../base/time.ts';
import type { Clock } from '../host/ports.ts';

/** A clock under test, and how to let time pass in its world. */
export interface ClockWorld {
  readonly clock: Clock;
  readonly pass: (milliseconds: number) => void;
}

/** What every adapter of the Clock port must do. */
export function clockAcceptance(name: string, open: () => ClockWorld): void {
  describe(`${name} is a clock`, () => {
    test('goes forward with time', () => {
      const { clock, pass } = open();
      const before = clock.now();
      pass(1500);
      expect(clock.now() - before).toBe(1500);
    });

    test('calls once, at the time and never before', () => {
      const { clock, pass } = open();
      const start = clock.now();
      const calls: number[] = [];
      clock.at(start + SECOND, () => calls.push(clock.now() - start));
      pass(SECOND - 1);
      expect(calls).toEqual([]);
      pass(10 * SECOND);
      expect(calls).toEqual([SECOND]);
    });

    test('calls for a time that has passed soon, and not within the asking', () => {
      const { clock, pass } = open();
      let called = 0;
      clock.at(clock.now() - SECOND, () => called++);
      expect(called).toBe(0);
      pass(1);
      expect(called).toBe(1);
    });

    test('calls in the order of time, also what is asked for meanwhile', () => {
      const { clock, pass } = open();
      const start = clock.now();
      const calls: string[] = [];
      clock.at(start + 300, () => calls.push('third'));
      clock.at(start + 100, () => {
        calls.push('first');
        clock.at(start + 200, () => calls.push('second'));
      });
      pass(SECOND);
      expect(calls).toEqual(['first', 'second', 'third']);
    });

    test('can be called off, any number of times and after the call', () => {
      const { clock, pass } = open();
      let called = 0;
      const callOff = clock.at(clock.now() + 100, () => called++);
      const other = clock.at(clock.now() + 100, () => called++);
      callOff();
      callOff();
      pass(SECOND);
      other();
      expect(called).toBe(1);
    });
  });
}
