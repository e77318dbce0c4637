import type { Clock } from '@shoal/shared/host/ports.ts';
import { Allowance } from '@shoal/shared/tracker/allowance.ts';
import { CONNECTION_MESSAGES } from '@shoal/shared/tracker/limit.ts';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { TrackerOutbox } from './trackerOutbox.ts';

class HandClock implements Clock {
  time = 0;
  #alarms: { time: number; call: () => void }[] = [];

  now(): number {
    return this.time;
  }

  at(time: number, call: () => void): () => void {
    const alarm = { time, call };
    this.#alarms.push(alarm);
    return () => {
      this.#alarms = this.#alarms.filter((other) => other !== alarm);
    };
  }

  wait(milliseconds: number): void {
    const end = this.time + milliseconds;
    for (;;) {
      const [next] = this.#alarms.toSorted((a, b) => a.time - b.time);
      if (next === undefined || next.time > end) break;
      this.#alarms = this.#alarms.filter((other) => other !== next);
      this.time = Math.max(this.time, next.time);
      next.call();
    }
    this.time = end;
  }
}

test('row 26: whatever is to be said, in order, all of it, and never more than the tracker takes', () => {
  const step = fc.record({ pause: fc.nat(300), count: fc.nat(60), cost: fc.constantFrom(1, 2) });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
      const clock = new HandClock();
      const outbox = new TrackerOutbox(clock);
      const tracker = new Allowance(CONNECTION_MESSAGES, 0);
      const sent: number[] = [];
      let put = 0;
      for (const { pause, count, cost } of steps) {
        clock.wait(pause);
        for (let index = 0; index < count; index++) {
          const number = put++;
          const send = () => {
            expect(tracker.take(clock.now(), cost)).toBe(true);
            sent.push(number);
          };
          outbox.put({ cost, send, lost: () => expect.unreachable() });
        }
      }
      clock.wait(60_000);
      expect(sent).toEqual(Array.from({ length: put }, (_, index) => index));
    }),
  );
});

test('a lost connection loses what waited, and the next one has a full allowance', () => {
  const clock = new HandClock();
  const outbox = new TrackerOutbox(clock);
  const counts = { sent: 0, lost: 0 };
  const fill = () => {
    for (let index = 0; index < 200; index++)
      outbox.put({ cost: 1, send: () => counts.sent++, lost: () => counts.lost++ });
  };
  fill();
  expect(counts).toEqual({ sent: 120, lost: 0 });
  outbox.clear();
  expect(counts).toEqual({ sent: 120, lost: 80 });
  fill();
  expect(counts.sent).toBe(240);
});

test('what waits is bounded', () => {
  const outbox = new TrackerOutbox(new HandClock());
  let lost = 0;
  for (let index = 0; index < 2000; index++)
    outbox.put({ cost: 1, send: () => undefined, lost: () => lost++ });
  expect(lost).toBe(880);
});
