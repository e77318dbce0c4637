import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const VERSION = '3.0.21';
/** Of the package, as the registry tells it. */
const SHA512 = 'PFgLphma0dsUWmbWrZ016Cja+j+3D3DXuhk09A5u9qVAzH1T4Vj1VZd8j+zb8sDwPv7NA7+qgPtDEN4iFd6wdw==';
const FILE = 'package/dist/webtorrent.min.js';
const CACHE = fileURLToPath(new URL('../../../node_modules/.cache/webtorrent', import.meta.url));

/**
 * Stock WebTorrent as its package has it for browsers: a module whose default export is the client. Fetched from the
 * package registry when it is asked for first: nothing else needs it, and its dependencies would build native code.
 */
export function webTorrentScript(): string {
  const extracted = join(CACHE, FILE);
  if (!existsSync(extracted)) extract(fetchPackage());
  return readFileSync(extracted, 'utf8');
}

function fetchPackage(): string {
  mkdirSync(CACHE, { recursive: true });
  run('npm', ['pack', `webtorrent@${VERSION}`, '--pack-destination', CACHE, '--loglevel=error']);
  const path = join(CACHE, `webtorrent-${VERSION}.tgz`);
  const received = createHash('sha512').update(readFileSync(path)).digest('base64');
  if (received !== SHA512) throw new Error(`webtorrent ${VERSION}: expected ${SHA512}, received ${received}`);
  return path;
}

function extract(path: string): void {
  run('tar', ['-xzf', path, '-C', CACHE, FILE]);
}

function run(command: string, parameters: readonly string[]): void {
  const { status, stderr } = spawnSync(command, parameters, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${command} ${parameters.join(' ')} failed: ${stderr}`);
}
