import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Allowance } from './allowance.ts';

test('a burst at once, then the rate', () => {
  const allowance = new Allowance({ rate: 10, burst: 3 }, 0);
  expect([0, 0, 0, 0, 99, 100, 100].map((now) => allowance.take(now))).toEqual([
    true,
    true,
    true,
    false,
    false,
    true,
    false,
  ]);
});

test('a clock that goes back gives nothing', () => {
  const allowance = new Allowance({ rate: 1, burst: 1 }, 5000);
  expect([5000, 0, 5000].map((now) => allowance.take(now))).toEqual([true, false, false]);
});

const steps = fc.array(fc.record({ pause: fc.nat(500), cost: fc.integer({ min: 1, max: 4 }) }), {
  maxLength: 100,
});
const rules = fc.record({ rate: fc.integer({ min: 1, max: 100 }), burst: fc.integer({ min: 4, max: 50 }) });

test('in no stretch of time is more taken than a burst and what the rate gives', () => {
  fc.assert(
    fc.property(rules, steps, (rule, plan) => {
      const allowance = new Allowance(rule, 0);
      const taken: { now: number; cost: number }[] = [];
      let now = 0;
      for (const { pause, cost } of plan) {
        now += pause;
        if (allowance.take(now, cost)) taken.push({ now, cost });
      }
      for (const [index, { now: start }] of taken.entries()) {
        const stretch = taken.slice(index);
        const sum = stretch.reduce((total, { cost }) => total + cost, 0);
        const most = rule.burst + ((stretch.at(-1)!.now - start) * rule.rate) / 1000;
        expect(sum).toBeLessThanOrEqual(most + 1e-6);
      }
    }),
  );
});

test('whoever waits as told is let through, and is full after waiting long enough', () => {
  fc.assert(
    fc.property(rules, steps, (rule, plan) => {
      const allowance = new Allowance(rule, 0);
      let now = 0;
      for (const { cost } of plan) {
        now += allowance.wait(now, cost) + 1;
        expect(allowance.take(now, cost)).toBe(true);
      }
      if (plan.length > 0) expect(allowance.isFull(now)).toBe(false);
      expect(allowance.isFull(now + (rule.burst / rule.rate) * 1000 + 1)).toBe(true);
    }),
  );
});
