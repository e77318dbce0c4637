import fc from 'fast-check';
import { expect, test } from 'vitest';
import { ManualClock } from '../acceptance/doubles/manualClock.ts';
import { Publisher } from './publisher.ts';

test('what happens is shown within a tenth of a second, what grows within a quarter; two showings are a tenth apart', () => {
  const news = fc.record({ gap: fc.integer({ min: 0, max: 400 }), happened: fc.boolean() });
  fc.assert(
    fc.property(fc.array(news, { minLength: 1, maxLength: 40 }), (all) => {
      const clock = new ManualClock();
      const shown: number[] = [];
      const publisher = new Publisher(clock, () => shown.push(clock.now()));
      const due: { since: number; until: number }[] = [];
      for (const { gap, happened } of all) {
        clock.pass(gap);
        due.push({ since: clock.now(), until: clock.now() + (happened ? 100 : 250) });
        if (happened) publisher.changed();
        else publisher.progressed();
      }
      clock.pass(250);
      for (const { since, until } of due) expect(shown.some((at) => at >= since && at <= until)).toBe(true);
      const apart = shown.slice(1).map((at, place) => at - shown[place]!);
      expect(Math.min(100, ...apart)).toBe(100);
    }),
  );
});

test('who only makes progress is shown four times a second, and what happens meanwhile does not wait for that', () => {
  const clock = new ManualClock();
  const shown: number[] = [];
  const publisher = new Publisher(clock, () => shown.push(clock.now()));
  const begun = clock.now();
  for (let time = 0; time < 1000; time += 10) {
    publisher.progressed();
    if (time === 600) publisher.changed();
    clock.pass(10);
  }
  expect(shown.map((at) => at - begun)).toEqual([0, 250, 500, 600, 850]);
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
  publisher.progressed();
  clock.pass(1000);
  expect(shown).toBe(0);
});
