import { expect, it, vi } from 'vitest';
import { lazily } from './lazily.ts';

it('makes at the first use, and once', async () => {
  const make = vi.fn(() => Promise.resolve({}));
  const get = lazily(make);
  expect(make).not.toHaveBeenCalled();
  expect(await get()).toBe(await get());
  expect(make).toHaveBeenCalledTimes(1);
});

it('makes anew what could not be made', async () => {
  const make = vi.fn(() => Promise.resolve('made'));
  make.mockRejectedValueOnce(new Error('the server is gone'));
  const get = lazily(make);
  await expect(get()).rejects.toThrow('gone');
  expect(await get()).toBe('made');
});
