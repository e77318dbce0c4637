import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

it('the example in ARCHITECTURE.md is a scenario that runs', () => {
  const read = (file: string) => readFileSync(new URL(file, import.meta.url), 'utf8');
  expect(read('../../../ARCHITECTURE.md')).toContain(`\`\`\`ts\n${read('lateComer.test.ts')}\`\`\``);
});
