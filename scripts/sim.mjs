/** `npm run sim -- --worlds COUNT | --seed SEED …`: see shared/sim/cli/main.ts, which gets all arguments. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checkNode, installIfMissing } from './prepare.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));

checkNode();
await installIfMissing();
const args = ['tsx', join(ROOT, 'shared/sim/cli/main.ts'), ...process.argv.slice(2)];
process.exitCode = spawnSync('npx', args, { cwd: ROOT, stdio: 'inherit' }).status ?? 1;
