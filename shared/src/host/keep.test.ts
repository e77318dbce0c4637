import { expect, test } from 'vitest';
import { keep } from './keep.ts';

test('the same fields keep the former object, any other the new one', () => {
  const part = { deep: 1 };
  const former: { name: string; part: object; more?: number } = { name: 'a', part };
  expect(keep(former, { name: 'a', part })).toBe(former);
  for (const next of [
    { name: 'b', part },
    { name: 'a', part: { deep: 1 } },
    { name: 'a', part, more: 1 },
  ])
    expect(keep(former, next)).toBe(next);
  expect(keep(undefined, former)).toBe(former);
  const list = [part, former];
  expect(keep(list, [part, former])).toBe(list);
  expect(keep(list, [part])).toEqual([part]);
});
