import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const INSTALL_MS = 10 * 60_000;

/**
 * Path of a Chromium that starts: `SHOAL_CHROMIUM`, an installed one, playwright's own, else one installed now.
 * @throws Error saying what to do when none can be had.
 */
export function ensureChromium() {
  const named = process.env.SHOAL_CHROMIUM;
  if (named !== undefined && named !== '') {
    if (starts(named)) return named;
    throw new Error(`SHOAL_CHROMIUM: expected a Chromium that starts, received ${named}`);
  }
  const found = installed() ?? playwrights() ?? install();
  if (found !== undefined) return found;
  throw new Error(
    'Chromium: found none and could not install one. Install it, or set SHOAL_CHROMIUM to one.',
  );
}

function installed() {
  const folders = (process.env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  return NAMES.flatMap((name) => folders.map((folder) => join(folder, name))).find(starts);
}

/** Loaded late, as the packages may only just have been installed. */
function playwrights() {
  const require = createRequire(new URL('../e2e/package.json', import.meta.url));
  const path = require('playwright').chromium.executablePath();
  return starts(path) ? path : undefined;
}

function install() {
  console.log('No Chromium here: installing one (this happens once).');
  run('npx', ['playwright', 'install', 'chromium']);
  const own = playwrights();
  if (own !== undefined) return own;
  run('apt-get', ['update', '-qq']);
  run('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium']);
  return installed();
}

function run(command, args) {
  spawnSync(command, args, {
    stdio: ['ignore', 'ignore', 'inherit'],
    timeout: INSTALL_MS,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
}

function starts(path) {
  return spawnSync(path, ['--version'], { stdio: 'ignore', timeout: 20_000 }).status === 0;
}
