import fc from 'fast-check';
import { expect, test } from 'vitest';
import { patterned } from '../acceptance/doubles/sessionWorld.ts';
import { concat, equal } from '../base/bytes.ts';
import { FilesSource, UnreadableFile } from './filesSource.ts';

test('any range is the same range of the files one after the other', async () => {
  const files = fc.array(fc.integer({ min: 0, max: 40 }), { minLength: 1, maxLength: 30 });
  await fc.assert(
    fc.asyncProperty(files, fc.nat(), fc.nat(), async (sizes, from, some) => {
      const contents = sizes.map((size, seed) => patterned(size, seed));
      const source = new FilesSource(
        contents.map((bytes, place) => ({ path: [String(place)], file: new Blob([bytes]) })),
      );
      const whole = concat(...contents);
      const offset = from % (whole.length + 1);
      const length = some % (whole.length - offset + 1);
      expect(source.size).toBe(whole.length);
      expect(equal(await source.read(offset, length), whole.subarray(offset, offset + length))).toBe(true);
    }),
  );
});

test('a file that is shorter than it was, or fails, is named', async () => {
  const now = new Blob([patterned(3)]);
  const shrunk = Object.assign(new Blob([patterned(10)]), {
    slice: () => now,
    arrayBuffer: () => now.arrayBuffer(),
  });
  const source = new FilesSource([
    { path: ['folder', 'a'], file: new Blob([patterned(5)]) },
    { path: ['folder', 'b'], file: shrunk },
  ]);
  await expect(source.read(0, 5)).resolves.toHaveLength(5);
  await expect(source.read(0, 14)).rejects.toThrow(new UnreadableFile(['folder', 'b'], undefined));
  await expect(source.read(0, 15)).rejects.toThrow(new UnreadableFile(['folder', 'b'], undefined));
});

test('thousands of small files are not all read at once', async () => {
  let reading = 0;
  let most = 0;
  const file = Object.assign(new Blob([patterned(1)]), {
    async arrayBuffer() {
      most = Math.max(most, ++reading);
      await Promise.resolve();
      reading--;
      return new ArrayBuffer(1);
    },
  });
  const source = new FilesSource(
    Array.from({ length: 5000 }, (_, place) => ({ path: [String(place)], file })),
  );
  await source.read(0, 5000);
  expect(most).toBeLessThanOrEqual(16);
});

test('a file that is wanted whole is not sliced', async () => {
  const file = Object.assign(new Blob([patterned(10)]), {
    slice(): Blob {
      throw new Error('expected a whole file to be read as it is');
    },
  });
  const source = new FilesSource([
    { path: ['a'], file },
    { path: ['b'], file: new Blob([patterned(10, 1)]) },
  ]);
  expect(equal(await source.read(0, 15), concat(patterned(10), patterned(10, 1).subarray(0, 5)))).toBe(true);
});
