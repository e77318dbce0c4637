import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));

function run(environment: Record<string, string>) {
  return spawn(process.execPath, ['--import', 'tsx', MAIN], {
    env: { PATH: process.env['PATH'], PORT: '0', STUN_PORT: '0', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

describe.concurrent('the program', () => {
  test.each(['SIGTERM', 'SIGINT'] as const)('says where it is, and %s ends it with 0', async (signal) => {
    const program = run({});
    const [line] = (await once(program.stdout, 'data')) as [Buffer];
    expect(line.toString()).toMatch(/^Shoal is running at http:\/\/localhost:\d+\n$/);
    program.kill(signal);
    expect(await once(program, 'exit')).toEqual([0, null]);
  });

  async function failure(environment: Record<string, string>) {
    const program = run(environment);
    const [problem] = await Promise.all([text(program.stderr), once(program, 'exit')]);
    return { problem, code: program.exitCode };
  }

  test('a wrong value is one line and 1', async () => {
    const problem = 'PORT must be a port number from 0 to 65535, but is "http".\n';
    expect(await failure({ PORT: 'http' })).toEqual({ problem, code: 1 });
  });

  test('so is a port in use', async () => {
    const other = createServer().listen(0);
    await once(other, 'listening');
    const address = other.address();
    const port = typeof address === 'object' ? address!.port : 0;
    const problem = `PORT ${port} is already in use. Set PORT to another one.\n`;
    expect(await failure({ PORT: String(port) })).toEqual({ problem, code: 1 });
    other.close();
  });

  test('so is a host that is not here', async () => {
    const problem = 'HOST must be an address of this machine, but is "192.0.2.1".\n';
    expect(await failure({ HOST: '192.0.2.1' })).toEqual({ problem, code: 1 });
  });
});
