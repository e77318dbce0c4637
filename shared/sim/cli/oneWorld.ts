import { spawnSync } from 'node:child_process';
import { closeSync, openSync, writeFileSync, writeSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { jsonLines } from '../trace.ts';
import { randomWorld } from '../randomWorld.ts';
import { runRandomWorld } from '../worldFailure.ts';
import { smallerWorld, wrongWith } from '../smallerWorld.ts';
import type { WorldPlan } from '../worldPlan.ts';

const REGRESSIONS = fileURLToPath(new URL('../regressions/', import.meta.url));

/**
 * Runs one random world again. True when nothing goes wrong.
 *
 * @param trace the file to write it down in, if any.
 */
export function replayWorld(seed: number, trace: string | undefined): boolean {
  const file = trace === undefined ? undefined : openSync(trace, 'w');
  try {
    const write = file === undefined ? undefined : jsonLines((line) => void writeSync(file, line));
    const { world } = runRandomWorld(seed, write);
    console.log(`world ${seed}: ${world.events} events in ${world.now / 1000} s, hash ${world.hash.value}`);
    return true;
  } catch (error) {
    console.error(error);
    return false;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** Makes a test of a world that goes wrong. False when it does not. */
export function keepWorld(seed: number, name: string): boolean {
  const plan = smallerWorld(randomWorld(seed));
  const wrong = wrongWith(plan);
  if (wrong === undefined) {
    console.error(`world ${seed}: nothing goes wrong`);
    return false;
  }
  const file = `${REGRESSIONS}${name}.test.ts`;
  writeFileSync(file, testOf(plan, `${name.replaceAll(/([A-Z])/g, ' $1').toLowerCase()}: ${wrong}`));
  spawnSync('npx', ['prettier', '--write', file], { stdio: 'inherit' });
  return true;
}

function testOf(plan: WorldPlan, title: string): string {
  return [
    `import { expect, it } from 'vitest';`,
    `import type { WorldPlan } from '../worldPlan.ts';`,
    `import { runWorld } from '../worldRun.ts';`,
    '',
    `const plan: WorldPlan = ${JSON.stringify(plan, undefined, 2)};`,
    '',
    `it(${JSON.stringify(title)}, () => {`,
    '  expect(() => runWorld(plan)).not.toThrow();',
    '});',
    '',
  ].join('\n');
}
