import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SECOND } from '../base/time.ts';
import { MessageBudget } from './messageBudget.ts';

describe('MessageBudget', () => {
  it('allows a burst, then so many a second', () => {
    const budget = new MessageBudget();
    const spent = Array.from({ length: 30 }, () => budget.spend(0, 'unrequestedPiece')).filter(Boolean);
    expect(spent.length).toBe(16);
    expect(budget.spend(9 * SECOND, 'unrequestedPiece')).toBe(false);
    expect(budget.spend(10 * SECOND, 'unrequestedPiece')).toBe(true);
    expect(budget.spend(10 * SECOND, 'unrequestedPiece')).toBe(false);
  });

  it('counts each offence for itself', () => {
    const budget = new MessageBudget();
    while (budget.spend(0, 'unknown'));
    expect(budget.spend(0, 'unrequestedPiece')).toBe(true);
    expect(budget.spend(0, 'unknown')).toBe(false);
  });

  it('never lets more pass than burst and rate allow, however the messages are timed', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20 * SECOND), { maxLength: 300 }), (waits) => {
        const budget = new MessageBudget();
        let now = 0;
        let passed = 0;
        for (const wait of waits) {
          now += wait;
          if (budget.spend(now, 'unrequestedPiece')) passed++;
        }
        expect(passed).toBeLessThanOrEqual(16 + (now / SECOND) * 0.1 + 1e-6);
      }),
    );
  });
});
