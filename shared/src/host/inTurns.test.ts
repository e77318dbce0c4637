import { expect, test } from 'vitest';
import { inTurns } from './inTurns.ts';

test('does everything, so many at once', async () => {
  const done: number[] = [];
  let under = 0;
  let most = 0;
  await inTurns([1, 2, 3, 4, 5, 6, 7], 3, async (item) => {
    most = Math.max(most, ++under);
    await Promise.resolve();
    under--;
    done.push(item);
  });
  expect([done.sort(), most]).toEqual([[1, 2, 3, 4, 5, 6, 7], 3]);
});

test('begins nothing more after a failure', async () => {
  let begun = 0;
  const work = async (item: number) => {
    begun++;
    await Promise.resolve();
    if (item === 3) throw new Error('three');
  };
  const items = Array.from({ length: 1000 }, (_, item) => item);
  await expect(inTurns(items, 2, work)).rejects.toThrow('three');
  for (let turn = 0; turn < 20; turn++) await Promise.resolve();
  expect(begun).toBeLessThan(8);
});

test('given up, it ends with the reason, even when the last item was under way', async () => {
  const abort = new AbortController();
  const work = () => {
    abort.abort(new Error('given up'));
    return Promise.resolve();
  };
  await expect(inTurns([1], 1, work, abort.signal)).rejects.toThrow('given up');
});
