import { expect, test } from 'vitest';
import { parseConfig } from './config.ts';
import { startProblem } from './startProblem.ts';

function problemOf(error: unknown, environment: Record<string, string> = {}): string {
  const parsed = parseConfig(environment);
  if (parsed.type === 'wrong') throw new Error(parsed.problem);
  return startProblem(error, parsed.config);
}

const nowhere = 'HOST must be an address of this machine, but is "shoal.example".';

test.each([
  ['EADDRINUSE', 'PORT 80 is already in use. Set PORT to another one.'],
  ['EACCES', 'PORT 80 may not be opened by this user. Set PORT to another one.'],
  ['EADDRNOTAVAIL', nowhere],
  ['ENOTFOUND', nowhere],
  ['EAI_AGAIN', nowhere],
])('row 58: %s is told in words', (code, expected) => {
  const error = Object.assign(new Error(`listen ${code}`), { code });
  expect(problemOf(error, { PORT: '80', HOST: 'shoal.example' })).toBe(expected);
});

test('row 58: anything else is told as it is', () => {
  expect(problemOf(new Error('listen EMFILE'))).toBe('listen EMFILE');
  expect(problemOf('no reason')).toBe('no reason');
});
