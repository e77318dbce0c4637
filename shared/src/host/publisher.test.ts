import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ManualClock } from '../acceptance/doubles/manualClock.ts';
import { Publisher } from './publisher.ts';

test('every change is shown within a tenth of a second, and two showings are a tenth apart', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 250 }), { minLength: 1, maxLength: 40 }), (gaps) => {
      const clock = new ManualClock();
      const shown: number[] = [];
      const publisher = new Publisher(clock, () => shown.push(clock.now()));
      for (const gap of gaps) {
        clock.pass(gap);
        const changedAt = clock.now();
        publisher.changed();
        clock.pass(100);
        expect(shown.some((at) => at >= changedAt && at <= changedAt + 100)).toBe(true);
      }
      const apart = shown.slice(1).map((at, place) => at - shown[place]!);
      expect(Math.min(100, ...apart)).toBe(100);
    }),
  );
});

test('nothing is shown without a change, nor after it was stopped', () => {
  const clock = new ManualClock();
  let shown = 0;
  const publisher = new Publisher(clock, () => shown++);
  clock.pass(1000);
  expect(shown).toBe(0);
  publisher.changed();
  publisher.stop();
  publisher.changed();
  clock.pass(1000);
  expect(shown).toBe(0);
});
