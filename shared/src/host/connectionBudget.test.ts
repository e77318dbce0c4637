import { expect, test } from 'vitest';
import { PageBudget } from './connectionBudget.ts';

test('gives no more than there are, and again what comes back', () => {
  const budget = new PageBudget(2);
  expect([budget.take(), budget.take(), budget.take()]).toEqual([true, true, false]);
  budget.giveBack();
  expect([budget.left, budget.take(), budget.left]).toEqual([1, true, 0]);
});
