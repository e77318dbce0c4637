import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { pageProblem } from './page.ts';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'shoal-page-'));
});
afterEach(() => rm(folder, { recursive: true }));

test('row 58: a page that is missing or cannot be read is one line', async () => {
  const file = join(folder, 'index.html');
  const problem = (code: string) =>
    `The page cannot be read from ${file} (${code}). Build it with npm start.`;
  expect(await pageProblem(folder)).toBe(problem('ENOENT'));
  await mkdir(file);
  expect(await pageProblem(folder)).toBe(problem('EISDIR'));
});

test('a page that is there is no problem', async () => {
  await writeFile(join(folder, 'index.html'), '<!doctype html>');
  expect(await pageProblem(folder)).toBeUndefined();
});
