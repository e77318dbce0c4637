import { once } from 'node:events';
import type { IncomingMessage, Server as HttpServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '@shoal/shared/base/random.ts';
import { SECOND, type Time } from '@shoal/shared/base/time.ts';
import { EVENT } from '@shoal/shared/tracker/event.ts';
import { MAX_TRACKER_MESSAGE } from '@shoal/shared/tracker/limit.ts';
import {
  type Goodbye,
  type Hello,
  type IceServerPayload,
  parseAnnounce,
  parseScrape,
  parseSignal,
  type SignalPayload,
} from '@shoal/shared/tracker/payload.ts';
import type { Logger } from 'pino';
import { Server, type Socket } from 'socket.io';
import type { Config } from './config.ts';
import { admits, hostnameOf, hostOf } from './origin.ts';
import { Tracker } from './tracker/tracker.ts';

export interface GatewayWorld {
  readonly http: HttpServer;
  readonly config: Pick<Config, 'allowedOrigins' | 'trustProxy' | 'stunUrls'>;
  /** Nothing when this server answers no STUN. */
  readonly stunPort: number | undefined;
  readonly now: () => Time;
  readonly random: Random;
  readonly log: Logger;
}

export interface Gateway {
  /** Tells the clients goodbye, gives them a second to leave, and closes the HTTP server too. */
  drain(): Promise<void>;
}

interface FromClient {
  announce(payload: unknown, acknowledge: unknown): void;
  scrape(payload: unknown, acknowledge: unknown): void;
  signal(payload: unknown): void;
}

interface ToClient {
  hello(payload: Hello): void;
  signal(payload: SignalPayload): void;
  goodbye(payload: Goodbye): void;
}

type ClientSocket = Socket<FromClient, ToClient>;
type ClientServer = Server<FromClient, ToClient>;

const EXPIRE_EVERY = 5 * SECOND;
const HANDSHAKE_TIME = 10 * SECOND;
const FAREWELL_TIME = SECOND;
/** Bytes of signals waiting for a client that does not drain its socket; the rest is dropped, as signals may be. */
const MOST_WAITING = 1024 * 1024;
/** So much later, per client, may the last one return: a thousand in ten seconds. */
const RETURN_SPREAD = 10;
const LEAST_SPREAD = 2 * SECOND;
const MOST_SPREAD = 60 * SECOND;

/** The tracker's socket: socket.io on the given HTTP server. */
export function openGateway(world: GatewayWorld): Gateway {
  const io = listen(world);
  const waiting = new Map<string, number>();
  const send = (connection: string, signal: SignalPayload): void => {
    const bytes = (waiting.get(connection) ?? 0) + signal.sealed.length;
    if (bytes > MOST_WAITING) return;
    waiting.set(connection, bytes);
    io.to(connection).emit(EVENT.signal, signal);
  };
  const tracker = new Tracker({ now: world.now, random: world.random, send });
  const expiry = setInterval(() => tracker.expire(), EXPIRE_EVERY);
  io.on('connection', (socket) => {
    socket.conn.on('drain', () => waiting.delete(socket.id));
    socket.on('disconnect', () => waiting.delete(socket.id));
    serve(socket, tracker, world);
  });
  return {
    async drain() {
      clearInterval(expiry);
      world.http.close();
      await farewell(io);
      await io.close();
    },
  };
}

function listen({ http, config }: GatewayWorld): ClientServer {
  return new Server(http, {
    serveClient: false,
    maxHttpBufferSize: MAX_TRACKER_MESSAGE,
    connectTimeout: HANDSHAKE_TIME,
    pingInterval: 20 * SECOND,
    pingTimeout: 10 * SECOND,
    cors: { origin: config.allowedOrigins === '*' ? '*' : [...config.allowedOrigins] },
    allowRequest(request: IncomingMessage, decide) {
      const host = hostOf(request, config.trustProxy);
      decide(undefined, admits(config.allowedOrigins, request.headers.origin, host));
    },
  });
}

/** Every message of a client passes through here: the place for limits on their rate. */
function serve(socket: ClientSocket, tracker: Tracker, world: GatewayWorld): void {
  world.log.debug({ address: socket.handshake.address }, 'client connected');
  socket.on(EVENT.announce, (payload, acknowledge) => {
    const parsed = parseAnnounce(payload);
    reply(
      acknowledge,
      parsed.type === 'parsed' ? tracker.announce(socket.id, parsed.value) : refusal(parsed),
    );
  });
  socket.on(EVENT.scrape, (payload, acknowledge) => {
    const parsed = parseScrape(payload);
    reply(acknowledge, parsed.type === 'parsed' ? tracker.scrape(parsed.value.infoHashes) : refusal(parsed));
  });
  socket.on(EVENT.signal, (payload) => {
    const parsed = parseSignal(payload);
    if (parsed.type === 'parsed') tracker.relay(socket.id, parsed.value);
  });
  socket.on('disconnect', (reason) => {
    tracker.closed(socket.id);
    world.log.debug({ address: socket.handshake.address, reason }, 'client gone');
  });
  socket.emit(EVENT.hello, { version: 1, ice: iceServers(socket.request, world) });
}

function refusal({ reason }: { readonly reason: string }) {
  return { type: 'refused', reason } as const;
}

function reply(acknowledge: unknown, answer: unknown): void {
  if (isAcknowledgement(acknowledge)) acknowledge(answer);
}

/** A client that asks for no acknowledgement gets none. */
function isAcknowledgement(value: unknown): value is (answer: unknown) => void {
  return typeof value === 'function';
}

/** Our own STUN is reached under the name that the page was. */
function iceServers(request: IncomingMessage, { config, stunPort }: GatewayWorld): IceServerPayload[] {
  const name = hostnameOf(hostOf(request, config.trustProxy));
  const own = stunPort === undefined || name === undefined ? [] : [`stun:${name}:${stunPort}`];
  return [...own, ...config.stunUrls].map((url) => ({ urls: [url] }));
}

async function farewell(io: ClientServer): Promise<void> {
  const clients = [...io.sockets.sockets.values()];
  const spread = Math.min(Math.max(clients.length * RETURN_SPREAD, LEAST_SPREAD), MOST_SPREAD);
  io.emit(EVENT.goodbye, { within: spread });
  const gone = Promise.all(clients.map((socket) => once(socket, 'disconnect')));
  await Promise.race([gone, delay(FAREWELL_TIME)]);
}
