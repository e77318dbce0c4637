import type { IncomingMessage } from 'node:http';
import { SECOND } from '@shoal/shared/base/time.ts';
import { EVENT } from '@shoal/shared/tracker/event.ts';
import { addressOf } from './address.ts';
import type { ClientConnection, ClientServer } from './clientSocket.ts';
import type { Config } from './config.ts';
import type { Visitor } from './doorkeeper.ts';
import { type Doorkeeper } from './doorkeeper.ts';
import type { Metrics, Refusal } from './metrics.ts';
import { admits, hostOf } from './origin.ts';

export interface EntranceWorld {
  readonly config: Pick<Config, 'allowedOrigins' | 'trustProxy'>;
  readonly doorkeeper: Doorkeeper;
  readonly metrics: Metrics;
}

type Decide = (message: string | undefined, admitted: boolean) => void;

/** For a flooder to read why, before the connection is cut. */
const LAST_WORD_TIME = SECOND;

const SAID: Partial<Record<Refusal, string>> = {
  origin: 'this page may not use this tracker',
  full: 'the tracker is full',
  'address-full': 'too many connections from your address',
  'address-rate': 'too many new connections from your address',
  flood: 'too many messages',
};

/** Socket.IO's `allowRequest`: whether a client may connect at all, over WebSocket or by polling. */
export function judgeRequest({ config, doorkeeper, metrics }: EntranceWorld) {
  const refuse = (reason: Refusal, decide: Decide) => {
    metrics.refused(reason);
    decide(SAID[reason], false);
  };
  return (request: IncomingMessage, decide: Decide): void => {
    const host = hostOf(request, config.trustProxy);
    if (!admits(config.allowedOrigins, request.headers.origin, host)) {
      refuse('origin', decide);
      return;
    }
    const admission = doorkeeper.admit(addressOf(request, config.trustProxy));
    if (admission.type === 'refused') refuse(admission.reason, decide);
    else if (admission.delay === 0) decide(undefined, true);
    else setTimeout(() => decide(undefined, true), admission.delay);
  };
}

/** Counts every connection and all that it says, before anything of that is parsed. */
export class Entrance {
  readonly #visitors = new WeakMap<ClientConnection, Visitor>();
  readonly #greeted = new WeakSet<ClientConnection>();
  readonly #world: EntranceWorld;

  constructor(io: ClientServer, world: EntranceWorld) {
    this.#world = world;
    io.engine.on('connection', (connection: ClientConnection) => this.#watch(connection));
    io.on('connection', ({ conn }) => this.#greeted.add(conn));
  }

  visitorOf(connection: ClientConnection): Visitor | undefined {
    return this.#visitors.get(connection);
  }

  #watch(connection: ClientConnection): void {
    const { config, doorkeeper, metrics } = this.#world;
    const visitor = doorkeeper.enter(addressOf(connection.request, config.trustProxy));
    this.#visitors.set(connection, visitor);
    connection.on('packet', () => {
      const verdict = visitor.message();
      if (verdict === 'taken') return;
      metrics.refused(verdict === 'flood' ? 'flood' : 'rate');
      if (verdict === 'flood') dismiss(connection);
    });
    connection.on('close', (_reason: string, description: unknown) => {
      visitor.leave();
      if (isTooLarge(description)) metrics.refused('too-large');
      else if (!this.#greeted.has(connection)) metrics.refused('slow-handshake');
    });
  }
}

/** Says why, reads nothing more, and cuts the connection even when the other side does not close it. */
function dismiss(connection: ClientConnection): void {
  const { headers, socket } = connection.request;
  connection.write(`2${JSON.stringify([EVENT.refused, { type: 'refused', reason: SAID.flood }])}`);
  connection.close();
  // A poll's TCP connection may, behind a proxy, be somebody else's by now.
  if (headers.upgrade === undefined) return;
  socket.pause();
  setTimeout(() => socket.destroy(), LAST_WORD_TIME);
}

/** Of what the WebSocket library reports, Engine.IO passes only the text on. */
function isTooLarge(description: unknown): boolean {
  return description instanceof Error && description.message.includes('Max payload size exceeded');
}
