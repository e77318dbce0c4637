import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const INSTALL_MS = 60_000;
const START_MS = 10_000;
const ASK_EVERY_MS = 50;

/** Path of coturn: one installed on this machine, else one installed now from the system's packages. */
export function findTurnServer(): string | undefined {
  return installed() ?? install();
}

function installed(): string | undefined {
  const { status, stdout } = spawnSync('sh', ['-c', 'command -v turnserver'], { encoding: 'utf8' });
  return status === 0 ? stdout.trim() : undefined;
}

/** Where the machine is a Debian and ours to change, as in a container. */
function install(): string | undefined {
  if (process.getuid?.() !== 0) return undefined;
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'coturn'], {
    stdio: 'ignore',
    timeout: INSTALL_MS,
    env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
  });
  return installed();
}

/** A TURN server of the test's own, on the loopback address, where it also relays to. */
export class TurnServer {
  readonly url: string;
  readonly #process: ChildProcess;
  readonly #folder: string;

  private constructor(process: ChildProcess, folder: string, port: number) {
    this.#process = process;
    this.#folder = folder;
    this.url = `turn:127.0.0.1:${port}?transport=udp`;
  }

  /** @param secret of which it and the page's server make credentials. */
  static async start(path: string, secret: string): Promise<TurnServer> {
    const [port, folder] = [await freePort(), await mkdtemp(join(tmpdir(), 'shoal-turn-'))];
    const addresses = ['--listening-ip=127.0.0.1', '--relay-ip=127.0.0.1', '--allow-loopback-peers'];
    const access = ['--use-auth-secret', `--static-auth-secret=${secret}`, '--realm=shoal'];
    const quiet = ['-n', '--no-cli', '--no-tls', '--no-dtls', '--no-tcp', '--no-stdout-log'];
    const files = [`--log-file=${join(folder, 'log')}`, '--simple-log', `--pidfile=${join(folder, 'pid')}`];
    const parameters = [`--listening-port=${port}`, ...addresses, ...access, ...quiet, ...files];
    const child = spawn(path, parameters, { stdio: 'ignore', cwd: folder });
    await answers(port);
    return new TurnServer(child, folder, port);
  }

  async stop(): Promise<void> {
    const exited = once(this.#process, 'exit');
    this.#process.kill('SIGKILL');
    await exited;
    await rm(this.#folder, { recursive: true, force: true });
  }
}

async function freePort(): Promise<number> {
  const probe = createSocket('udp4').bind(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  return port;
}

/** Resolves when a STUN binding request (RFC 8489) is answered. */
async function answers(port: number): Promise<void> {
  const socket = createSocket('udp4');
  const request = Buffer.from(`000100002112a442${'00'.repeat(12)}`, 'hex');
  const asking = setInterval(() => socket.send(request, port, '127.0.0.1'), ASK_EVERY_MS);
  try {
    await once(socket, 'message', { signal: AbortSignal.timeout(START_MS) });
  } finally {
    clearInterval(asking);
    socket.close();
  }
}
