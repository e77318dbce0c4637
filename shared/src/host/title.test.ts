import { expect, test } from 'vitest';
import { titleOf } from './title.ts';

test.each([
  [[], ''],
  [['a.txt'], 'a.txt'],
  [['folder/a.txt'], 'a.txt'],
  [['folder/a', 'folder/b/c'], 'folder'],
  [['folder/a', 'other/b'], 'a + 1'],
  [['a', 'b', 'c'], 'a + 2'],
  [['folder/a', 'folder'], 'a + 1'],
])('%j is called %j', (paths, title) => {
  expect(titleOf(paths.map((path) => path.split('/')))).toBe(title);
});
