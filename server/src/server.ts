import { once } from 'node:events';
import { createServer, type Server as HttpServer, type ServerOptions } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { SECOND } from '@shoal/shared/base/time.ts';
import type { Logger } from 'pino';
import type { Config } from './config.ts';
import { groupOf } from './address.ts';
import type { DoorLimits } from './doorkeeper.ts';
import { openGateway } from './gateway.ts';
import { createApp } from './http.ts';
import { Metrics } from './metrics.ts';
import { Places } from './places.ts';
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
  /** Where they shall differ from what is usual. */
  readonly limits?: Partial<DoorLimits>;
  /** Milliseconds for the head of a request, and again from there to a joined client; 10 s unless given. */
  readonly handshakeTime?: number;
}

/** TCP connections, before anything is known of them. */
const MOST_CONNECTIONS = 20_000;

const HANDSHAKE_TIME = 10 * SECOND;
const DRAIN_TIME = 2 * SECOND;

/** Page, tracker and STUN. Rejects when the HTTP port cannot be listened on. */
export async function startServer(
  config: Config,
  { page, version, log, limits = {}, handshakeTime = HANDSHAKE_TIME }: ServerWorld,
): Promise<RunningServer> {
  const started = performance.now();
  const uptime = () => (performance.now() - started) / SECOND;
  const metrics = new Metrics();
  const http = createServer(patience(handshakeTime), createApp({ page, version, uptime, metrics }));
  const connections = new Set<Socket>();
  http.on('connection', (socket) => {
    connections.add(socket);
    socket.once('close', () => connections.delete(socket));
  });
  boundConnections(http, config, metrics);
  answerClientErrors(http, metrics);
  const port = await listen(http, config);
  const stun = await openStun(config, log);
  const gateway = openGateway({
    http,
    config,
    stunPort: stun?.port,
    now: () => performance.now(),
    today: () => Date.now(),
    random: secureRandom,
    metrics,
    log,
    limits,
    handshakeTime,
  });
  let drained: Promise<void> | undefined;
  const drain = async () => {
    stun?.close();
    // Also those that speak no HTTP any more, and do not answer when a WebSocket is closed.
    const cut = setTimeout(() => connections.forEach((socket) => socket.destroy()), DRAIN_TIME);
    await gateway.drain();
    clearTimeout(cut);
  };
  return { port, http, drain: () => (drained ??= drain()) };
}

/** Whoever is slower is not heard to the end. */
function patience(handshakeTime: number): ServerOptions {
  return {
    headersTimeout: handshakeTime,
    requestTimeout: 2 * handshakeTime,
    connectionsCheckingInterval: handshakeTime / 10,
  };
}

async function listen(http: HttpServer, { port, host }: Config): Promise<number> {
  http.listen(port, host);
  await once(http, 'listening');
  const address = http.address();
  return typeof address === 'object' && address !== null ? address.port : port;
}

/** Behind a proxy all connections come from it, and their number is its own to bound. */
function boundConnections(http: HttpServer, { trustProxy }: Config, metrics: Metrics): void {
  http.maxConnections = MOST_CONNECTIONS;
  if (trustProxy > 0) return;
  const places = new Places(MOST_CONNECTIONS);
  http.on('connection', (socket) => {
    const address = groupOf(socket.remoteAddress ?? '') ?? '';
    const judged = places.judge(address);
    if (judged === 'free') {
      places.take(address);
      socket.once('close', () => places.leave(address));
    } else {
      metrics.refused(judged === 'full' ? 'full' : 'address-full');
      socket.destroy();
    }
  });
}

function answerClientErrors(http: HttpServer, metrics: Metrics): void {
  http.on('clientError', (error: Error, socket: Duplex) => {
    const slow = 'code' in error && error.code === 'ERR_HTTP_REQUEST_TIMEOUT';
    metrics.refused(slow ? 'slow-handshake' : 'bad-request');
    const status = slow ? '408 Request Timeout' : '400 Bad Request';
    if (socket.writable) socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\n\r\n`);
    else socket.destroy();
  });
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
