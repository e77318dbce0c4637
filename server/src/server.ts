import { once } from 'node:events';
import { createServer, type Server as HttpServer } from 'node:http';
import { SECOND } from '@shoal/shared/base/time.ts';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { openGateway } from './gateway.ts';
import { createApp } from './http.ts';
import { secureRandom } from './secureRandom.ts';
import { listenStun, type Stun } from './stun.ts';

export interface RunningServer {
  readonly port: number;
  readonly http: HttpServer;
  /** Tells the clients, closes every socket, and resolves within a few seconds. Further calls change nothing. */
  drain(): Promise<void>;
}

export interface ServerWorld {
  /** Folder of the built page. */
  readonly page: string;
  readonly version: string;
  readonly log: Logger;
}

/** Page, tracker and STUN. Rejects when the HTTP port cannot be listened on. */
export async function startServer(
  config: Config,
  { page, version, log }: ServerWorld,
): Promise<RunningServer> {
  const started = performance.now();
  const uptime = () => (performance.now() - started) / SECOND;
  const http = createServer(createApp({ page, version, uptime }));
  http.headersTimeout = 10 * SECOND;
  http.requestTimeout = 20 * SECOND;
  const port = await listen(http, config);
  const stun = await openStun(config, log);
  const now = () => performance.now();
  const gateway = openGateway({ http, config, stunPort: stun?.port, now, random: secureRandom, log });
  let drained: Promise<void> | undefined;
  const drain = async () => {
    stun?.close();
    const cut = setTimeout(() => http.closeAllConnections(), 2 * SECOND);
    await gateway.drain();
    clearTimeout(cut);
  };
  return { port, http, drain: () => (drained ??= drain()) };
}

async function listen(http: HttpServer, { port, host }: Config): Promise<number> {
  http.listen(port, host);
  await once(http, 'listening');
  const address = http.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

/** Port 0 means none. A port that is taken costs the STUN answer only. */
async function openStun({ stunPort, host }: Config, log: Logger): Promise<Stun | undefined> {
  if (stunPort === 0) return undefined;
  try {
    return await listenStun(stunPort, host);
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    log.warn({ stunPort, reason }, 'no STUN: its port cannot be opened');
    return undefined;
  }
}
