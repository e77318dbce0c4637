/** `npm run bench -- NAME [--json] …`: one benchmark of e2e/bench or shared/bench, which gets the other arguments. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildIfStale, checkNode, installIfMissing } from './prepare.mjs';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const FOLDERS = ['e2e/bench', 'shared/bench']
  .map((folder) => join(ROOT, folder))
  .filter((folder) => existsSync(folder));

function names() {
  const files = FOLDERS.flatMap((folder) => readdirSync(folder));
  return files.filter((file) => /^[^.]+\.ts$/.test(file)).map((file) => file.slice(0, -'.ts'.length));
}

async function bench(name, args) {
  checkNode();
  await installIfMissing();
  await buildIfStale();
  const file = FOLDERS.map((folder) => join(folder, `${name}.ts`)).find((path) => existsSync(path));
  return spawnSync('npx', ['tsx', file, ...args], { cwd: ROOT, stdio: 'inherit' }).status ?? 1;
}

const [name, ...args] = process.argv.slice(2);
if (name !== undefined && names().includes(name)) {
  process.exitCode = await bench(name, args);
} else {
  console.error(`bench: expected one of ${names().join(', ')}, received ${name ?? 'nothing'}`);
  process.exitCode = 1;
}
