import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Deadlines } from './deadlines.ts';

const change = fc.record({
  key: fc.nat({ max: 9 }),
  at: fc.option(fc.nat({ max: 50 }), { nil: undefined }),
});

test('gives each key once, soonest first, as a plain map of times would', () => {
  fc.assert(
    fc.property(fc.array(change), fc.array(fc.nat({ max: 60 })), (changes, times) => {
      const deadlines = new Deadlines<number>();
      const model = new Map<number, number>();
      for (const { key, at } of changes) {
        if (at === undefined) deadlines.delete(key);
        else deadlines.set(key, at);
        if (at === undefined) model.delete(key);
        else model.set(key, at);
      }
      for (const now of times.sort((a, b) => a - b)) {
        expect(deadlines.next).toBe(Math.min(Number.POSITIVE_INFINITY, ...model.values()));
        const due: number[] = [];
        for (let key = deadlines.take(now); key !== undefined; key = deadlines.take(now)) due.push(key);
        expect(due.map((key) => model.get(key))).toEqual(
          [...model.values()].filter((at) => at <= now).sort((a, b) => a - b),
        );
        for (const key of due) model.delete(key);
      }
    }),
  );
});
