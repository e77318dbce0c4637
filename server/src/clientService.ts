import { SECOND, type Time } from '@shoal/shared/base/time.ts';
import { EVENT } from '@shoal/shared/tracker/event.ts';
import {
  type AnnounceReply,
  type IceServerPayload,
  parseAnnounce,
  parseScrape,
  parseSignal,
} from '@shoal/shared/tracker/payload.ts';
import type { Logger } from 'pino';
import { addressOf } from './address.ts';
import type { ClientSocket } from './clientSocket.ts';
import type { Config } from './config.ts';
import type { Visitor } from './doorkeeper.ts';
import { type IceConfig, iceServers } from './ice.ts';
import type { Metrics } from './metrics.ts';
import { hostnameOf, hostOf } from './origin.ts';
import type { Tracker } from './tracker/tracker.ts';

export interface ServiceWorld {
  readonly config: Pick<Config, 'trustProxy'> & IceConfig;
  /** Nothing when this server answers no STUN. */
  readonly stunPort: number | undefined;
  readonly now: () => Time;
  /** Milliseconds since 1970. */
  readonly today: () => number;
  readonly metrics: Metrics;
  readonly log: Logger;
}

const TOO_MANY = { type: 'refused', reason: 'too many messages' } as const;

/** What a connected client asks, and what it is answered. */
export class ClientService {
  readonly #tracker: Tracker;
  readonly #world: ServiceWorld;

  constructor(tracker: Tracker, world: ServiceWorld) {
    this.#tracker = tracker;
    this.#world = world;
  }

  serve(socket: ClientSocket, visitor: Visitor): void {
    const { config, log } = this.#world;
    const address = addressOf(socket.request, config.trustProxy);
    log.debug({ address }, 'client connected');
    socket.data = { visitor, name: hostnameOf(hostOf(socket.request, config.trustProxy)) };
    // Right behind each message: whole bursts are judged before the first of them is handled.
    socket.use((event, next) => {
      if (visitor.verdict === 'taken') next();
      else answer(event.at(-1), TOO_MANY);
    });
    socket.on(EVENT.announce, (payload, acknowledge) => answer(acknowledge, this.#announce(socket, payload)));
    socket.on(EVENT.scrape, (payload, acknowledge) => answer(acknowledge, this.#scrape(payload)));
    socket.on(EVENT.signal, (payload) => this.#signal(socket, payload));
    socket.on('disconnect', (reason) => {
      this.#tracker.closed(socket.id);
      log.debug({ address, reason }, 'client gone');
    });
    socket.emit(EVENT.hello, { version: 1, ice: this.#ice(socket) });
  }

  /** Nothing else in the list ever ends. */
  renewIce(socket: ClientSocket): void {
    if (this.#world.config.turnSecret !== undefined) socket.emit(EVENT.ice, { ice: this.#ice(socket) });
  }

  #ice(socket: ClientSocket): IceServerPayload[] {
    const { config, stunPort, today } = this.#world;
    return iceServers(socket.data.name, stunPort, config, today());
  }

  #announce(socket: ClientSocket, payload: unknown): AnnounceReply {
    const { metrics, now } = this.#world;
    const started = now();
    const reply = this.#answerAnnounce(socket, payload);
    metrics.announced(reply.type, (now() - started) / SECOND);
    return reply;
  }

  #answerAnnounce(socket: ClientSocket, payload: unknown): AnnounceReply {
    const parsed = parseAnnounce(payload);
    return parsed.type === 'parsed'
      ? this.#tracker.announce(socket.id, parsed.value)
      : this.#malformed(parsed);
  }

  #scrape(payload: unknown) {
    const parsed = parseScrape(payload);
    return parsed.type === 'parsed' ? this.#tracker.scrape(parsed.value.infoHashes) : this.#malformed(parsed);
  }

  #signal(socket: ClientSocket, payload: unknown): void {
    const { metrics } = this.#world;
    const parsed = parseSignal(payload);
    if (parsed.type === 'malformed') this.#malformed(parsed);
    else if (this.#tracker.relay(socket.id, parsed.value) === 'relayed') metrics.relayed();
    else metrics.refused('not-member');
  }

  #malformed({ reason }: { readonly reason: string }) {
    this.#world.metrics.refused('malformed');
    return { type: 'refused', reason } as const;
  }
}

/** A client that asks for no acknowledgement gets none. */
function answer(acknowledge: unknown, reply: unknown): void {
  if (isAcknowledgement(acknowledge)) acknowledge(reply);
}

function isAcknowledgement(value: unknown): value is (reply: unknown) => void {
  return typeof value === 'function';
}
