import { once } from 'node:events';
import type { Server as HttpServer } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { Random } from '@shoal/shared/base/random.ts';
import { SECOND } from '@shoal/shared/base/time.ts';
import { EVENT } from '@shoal/shared/tracker/event.ts';
import { MAX_TRACKER_MESSAGE } from '@shoal/shared/tracker/limit.ts';
import type { SignalPayload } from '@shoal/shared/tracker/payload.ts';
import { Server } from 'socket.io';
import { ClientService, type ServiceWorld } from './clientService.ts';
import type { ClientServer, ClientSocket } from './clientSocket.ts';
import type { Config } from './config.ts';
import { Doorkeeper, type DoorLimits } from './doorkeeper.ts';
import { Entrance, type EntranceWorld, judgeRequest } from './entrance.ts';
import { RENEW_EVERY } from './ice.ts';
import type { Metrics } from './metrics.ts';
import { Tracker } from './tracker/tracker.ts';

export interface GatewayWorld extends ServiceWorld {
  readonly http: HttpServer;
  readonly config: ServiceWorld['config'] & Pick<Config, 'allowedOrigins'>;
  readonly random: Random;
  /** Where they shall differ from what is usual. */
  readonly limits?: Partial<DoorLimits>;
  /** Milliseconds to get from a request to a joined client. */
  readonly handshakeTime: number;
}

export interface Gateway {
  /** Tells the clients goodbye, gives them a second to leave, and closes the HTTP server too. */
  drain(): Promise<void>;
}

const EXPIRE_EVERY = 5 * SECOND;
const FAREWELL_TIME = SECOND;
/** Bytes of signals waiting for a client that does not drain its socket; the rest is dropped, as signals may be. */
const MOST_WAITING = 1024 * 1024;
/** So much later, per client, may the last one return: a thousand in ten seconds. */
const RETURN_SPREAD = 10;
const LEAST_SPREAD = 2 * SECOND;
const MOST_SPREAD = 60 * SECOND;

/** The tracker's socket: socket.io on the given HTTP server. */
export function openGateway(world: GatewayWorld): Gateway {
  const { metrics, now, random } = world;
  const doorkeeper = new Doorkeeper(now, random, world.limits);
  const io = listen(world, { ...world, doorkeeper });
  const mailbox = new Mailbox(io, metrics);
  const tracker = new Tracker({
    now,
    random,
    send: (connection, signal) => mailbox.send(connection, signal),
  });
  const entrance = new Entrance(io, { ...world, doorkeeper });
  const service = new ClientService(tracker, world);
  io.on('connection', (socket) => {
    const visitor = entrance.visitorOf(socket.conn);
    if (visitor === undefined) return;
    mailbox.open(socket);
    service.serve(socket, visitor);
  });
  metrics.census(() => ({ ...tracker.census(), sockets: doorkeeper.clients }));
  const expiry = setInterval(() => {
    tracker.expire();
    doorkeeper.expire();
  }, EXPIRE_EVERY);
  const renewal = setInterval(() => {
    for (const socket of io.sockets.sockets.values()) service.renewIce(socket);
  }, RENEW_EVERY);
  return {
    async drain() {
      clearInterval(expiry);
      clearInterval(renewal);
      world.http.close();
      await farewell(io);
      await io.close();
    },
  };
}

function listen({ http, config, handshakeTime }: GatewayWorld, entrance: EntranceWorld): ClientServer {
  return new Server(http, {
    serveClient: false,
    maxHttpBufferSize: MAX_TRACKER_MESSAGE,
    connectTimeout: handshakeTime,
    pingInterval: 20 * SECOND,
    pingTimeout: 10 * SECOND,
    cors: { origin: config.allowedOrigins === '*' ? '*' : [...config.allowedOrigins] },
    allowRequest: judgeRequest(entrance),
  });
}

/** Signals on their way out, bounded for each client. */
class Mailbox {
  readonly #io: ClientServer;
  readonly #metrics: Metrics;
  readonly #waiting = new Map<string, number>();

  constructor(io: ClientServer, metrics: Metrics) {
    this.#io = io;
    this.#metrics = metrics;
  }

  open(socket: ClientSocket): void {
    socket.conn.on('drain', () => this.#waiting.delete(socket.id));
    socket.on('disconnect', () => this.#waiting.delete(socket.id));
  }

  send(connection: string, signal: SignalPayload): void {
    const bytes = (this.#waiting.get(connection) ?? 0) + signal.sealed.length;
    if (bytes > MOST_WAITING) {
      this.#metrics.refused('receiver-slow');
      return;
    }
    this.#waiting.set(connection, bytes);
    this.#io.sockets.sockets.get(connection)?.emit(EVENT.signal, signal);
  }
}

async function farewell(io: ClientServer): Promise<void> {
  const clients = [...io.sockets.sockets.values()];
  const spread = Math.min(Math.max(clients.length * RETURN_SPREAD, LEAST_SPREAD), MOST_SPREAD);
  io.emit(EVENT.goodbye, { within: spread });
  const gone = Promise.all(clients.map((socket) => once(socket, 'disconnect')));
  await Promise.race([gone, delay(FAREWELL_TIME)]);
}
