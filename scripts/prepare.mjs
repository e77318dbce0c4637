import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const LEAST_NODE = [20, 19];
/** An install writes both lockfiles at about the same time, in no certain order. */
const LOCKFILE_TOLERANCE = 2000;

const COMMON = ['shared/src', 'shared/package.json', 'package-lock.json', 'tsconfig.base.json'];
const SOURCES = {
  client: ['client', ...COMMON],
  server: ['server', ...COMMON],
};
const LEFT_OUT = new Set(['dist', 'node_modules', '.cache']);

/** Ends the program with a clear line where Node is too old for what comes. */
export function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > LEAST_NODE[0] || (major === LEAST_NODE[0] && minor >= LEAST_NODE[1])) return;
  fail(`Shoal needs Node ${LEAST_NODE.join('.')} or newer, but this is ${process.versions.node}.`);
}

/** Installs what package-lock.json says, where nothing is installed yet or something else is. */
export async function installIfMissing() {
  const wanted = modified('package-lock.json');
  const installed = modified('node_modules/.package-lock.json');
  if (installed !== undefined && (wanted ?? 0) <= installed + LOCKFILE_TOLERANCE) return;
  console.error('Installing what is needed …');
  await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error']);
}

/** Builds page and server, each only where a source has changed since its last build. */
export async function buildIfStale() {
  await buildWorkspaceIfStale('client', 'Building the page …');
  await buildWorkspaceIfStale('server', 'Building the server …');
}

async function buildWorkspaceIfStale(workspace, message) {
  const stamp = join(ROOT, workspace, 'dist', '.stamp');
  const state = stateOf(SOURCES[workspace]);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === state) return;
  console.error(message);
  await run('npm', ['run', 'build', '--silent', '--workspace', workspace]);
  writeFileSync(stamp, state);
}

/** A digest of names, sizes and times: unlike the newest time alone it also changes when a file goes or an older one comes. */
function stateOf(places) {
  const digest = createHash('sha256');
  for (const file of places.flatMap((place) => filesOf(join(ROOT, place)))) {
    const { size, mtimeMs } = statSync(file);
    digest.update(`${relative(ROOT, file)}\0${size}\0${mtimeMs}\n`);
  }
  return digest.digest('hex');
}

function filesOf(path) {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return path.endsWith('.test.ts') ? [] : [path];
  const names = readdirSync(path).filter((name) => !LEFT_OUT.has(name));
  return names.sort().flatMap((name) => filesOf(join(path, name)));
}

function modified(path) {
  return statSync(join(ROOT, path), { throwIfNoEntry: false })?.mtimeMs;
}

/** Shows the command's output only when it fails; then the program ends. */
function run(command, parameters) {
  const shell = process.platform === 'win32';
  const child = spawn(command, parameters, { cwd: ROOT, shell, stdio: ['ignore', 'pipe', 'pipe'] });
  const output = [];
  child.stdout.on('data', (part) => output.push(part));
  child.stderr.on('data', (part) => output.push(part));
  return new Promise((resolve) => {
    child.on('error', (error) => fail(`${command} could not be started: ${error.message}`));
    child.on('close', (code) => {
      if (code === 0) return resolve();
      process.stderr.write(Buffer.concat(output));
      fail(`${[command, ...parameters].join(' ')} failed.`);
    });
  });
}

function fail(line) {
  console.error(line);
  process.exit(1);
}
