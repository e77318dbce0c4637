import { expect, it } from 'vitest';
import { runRandomWorld } from './worldFailure.ts';
import { jsonLines } from './trace.ts';

const SEED = 8;

it('a trace has a line of JSON for all that happens, in its order, and changes nothing', () => {
  const lines: string[] = [];
  const traced = runRandomWorld(
    SEED,
    jsonLines((line) => lines.push(line)),
  );
  expect(runRandomWorld(SEED).world.hash.value).toBe(traced.world.hash.value);
  const told = lines.map((line) => JSON.parse(line) as { at: number; type: string });
  expect(told.map(({ at }) => at)).toEqual(told.map(({ at }) => at).sort((a, b) => a - b));
  const types = new Set(told.map(({ type }) => type));
  for (const type of ['joined', 'connected', 'says', 'had', 'completed']) expect(types).toContain(type);
  const had = told.filter(({ type }) => type === 'had').length;
  expect(had).toBeGreaterThanOrEqual(traced.content.layout.pieces);
});
