import { expect, it } from 'vitest';
import { lazily } from './lazily.ts';

it('makes at the first use, and that once', () => {
  let made = 0;
  const get = lazily(() => ++made);
  expect(made).toBe(0);
  expect([get(), get()]).toEqual([1, 1]);
});
