import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, realpath, rm, symlink } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { io } from 'socket.io-client';
import { describe, expect, test } from 'vitest';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));

function run(environment: Record<string, string>, main = MAIN) {
  return spawn(process.execPath, ['--import', 'tsx', main], {
    env: { PATH: process.env['PATH'], PORT: '0', STUN_PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

describe.concurrent('the program', { timeout: 60_000 }, () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('says where it is, and %s ends it with 0', async (signal) => {
    const program = run({});
    const [line] = (await once(program.stdout, 'data')) as [Buffer];
    expect(line.toString()).toMatch(/^Shoal is running at http:\/\/localhost:\d+\n$/);
    program.kill(signal);
    expect(await once(program, 'exit')).toEqual([0, null]);
  });

  test('row 57: SIGTERM: clients are told, every connection ends, the exit is 0', async () => {
    const program = run({});
    const [line] = (await once(program.stdout, 'data')) as [Buffer];
    const url = line.toString().trim().split(' ').at(-1)!;
    const socket = io(url, { transports: ['websocket'], reconnection: false });
    await new Promise((resolve) => socket.once('hello', resolve));
    const goodbye = new Promise((resolve) => socket.once('goodbye', resolve));
    const gone = new Promise((resolve) => socket.once('disconnect', resolve));
    program.kill('SIGTERM');
    expect(await goodbye).toEqual({ within: 2000 });
    const [code] = (await once(program, 'exit')) as [number];
    await gone;
    expect(code).toBe(0);
    expect(program.signalCode).toBeNull();
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  });

  async function failure(environment: Record<string, string>, main = MAIN) {
    const program = run(environment, main);
    const [problem] = await Promise.all([text(program.stderr), once(program, 'exit')]);
    return { problem, code: program.exitCode };
  }

  test('row 58: a wrong value is one line and 1', async () => {
    const problem = 'PORT must be a port number from 0 to 65535, but is "http".\n';
    expect(await failure({ PORT: 'http' })).toEqual({ problem, code: 1 });
  });

  test('row 58: so is TURN without its secret', async () => {
    const problem = 'TURN_SECRET must be set where TURN_URLS is, but is empty.\n';
    expect(await failure({ TURN_URLS: 'turn:turn.example' })).toEqual({ problem, code: 1 });
  });

  test('row 58: so is a port in use', async () => {
    const other = createServer().listen(0);
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' ? address!.port : 0;
    const problem = `PORT ${port} is already in use. Set PORT to another one.\n`;
    expect(await failure({ PORT: String(port) })).toEqual({ problem, code: 1 });
    other.close();
  });

  test('row 58: so is a host that is not here', async () => {
    const problem = 'HOST must be an address of this machine, but is "192.0.2.1".\n';
    expect(await failure({ HOST: '192.0.2.1' })).toEqual({ problem, code: 1 });
  });

  /** The program in a folder of its own, where no page has been built. */
  async function unbuilt(folder: string): Promise<string> {
    const server = dirname(dirname(MAIN));
    for (const part of ['src', 'package.json'])
      await cp(join(server, part), join(folder, 'server', part), { recursive: true });
    await symlink(join(server, '..', 'node_modules'), join(folder, 'node_modules'));
    return join(folder, 'server', 'src', 'main.ts');
  }

  test('row 58: so is a page that has not been built', async ({ onTestFinished }) => {
    const folder = await realpath(await mkdtemp(join(tmpdir(), 'shoal-unbuilt-')));
    onTestFinished(() => rm(folder, { recursive: true }));
    const page = join(folder, 'client', 'dist', 'index.html');
    const problem = `The page cannot be read from ${page} (ENOENT). Build it with npm start.\n`;
    expect(await failure({}, await unbuilt(folder))).toEqual({ problem, code: 1 });
  });

  test('that Redis is not used yet is told', async () => {
    const program = run({ REDIS_URL: 'redis://localhost:6379' });
    const [line] = (await once(program.stderr, 'data')) as [Buffer];
    expect(line.toString()).toContain('REDIS_URL is not supported yet');
    program.kill('SIGKILL');
    await once(program, 'exit');
  });
});
