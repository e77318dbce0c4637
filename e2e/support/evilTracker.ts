import { once } from 'node:events';
import { createServer, type IncomingMessage, request, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import { encodeTalk, type Talk, TalkReader } from './socketTalk.ts';
import type { Relayed, TrackerMember } from './trackerGuest.ts';

/** What the tracker does other than it should. */
export interface Mischief {
  /** A signal from one of its clients: nothing is passed on but by `deliver`. */
  signal?(relayed: Relayed, tracker: EvilTracker): void | Promise<void>;
  /** Whom to name to an asker, instead of the others who are really there. */
  members?(
    members: readonly TrackerMember[],
    asker: string,
  ): readonly TrackerMember[] | Promise<readonly TrackerMember[]>;
}

/**
 * Serves the page and the tracker's protocol as a real server does, for it stands in front of one; but whoever runs it
 * sees everything, may say anything to anybody, and passes on what it likes.
 */
export class EvilTracker {
  readonly origin: string;
  /** Every signal that a client handed over, in order. */
  readonly seen: Relayed[] = [];
  readonly #clients = new Map<string, WebSocket>();
  readonly #members = new Map<string, TrackerMember>();
  readonly #http: HttpServer;
  readonly #sockets = new WebSocketServer({ noServer: true });
  readonly #behind: number;
  readonly #mischief: Mischief;

  private constructor(http: HttpServer, behind: number, mischief: Mischief) {
    this.#http = http;
    this.#behind = behind;
    this.#mischief = mischief;
    this.origin = `http://localhost:${(http.address() as AddressInfo).port}`;
    http.on('upgrade', (incoming: IncomingMessage, socket, head) => {
      this.#sockets.handleUpgrade(incoming, socket, head, (client) => this.#serve(client, incoming));
    });
  }

  /** @param behind the port of the real server. */
  static async start(behind: number, mischief: Mischief): Promise<EvilTracker> {
    const http = createServer((incoming, outgoing) => {
      const { method, url, headers } = incoming;
      const onward = request({ port: behind, method, path: url, headers }, (answer) => {
        outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
        answer.pipe(outgoing);
      });
      onward.on('error', () => outgoing.destroy());
      incoming.pipe(onward);
    }).listen(0);
    await once(http, 'listening');
    return new EvilTracker(http, behind, mischief);
  }

  /** Its clients as they would be named to others. */
  get members(): readonly TrackerMember[] {
    return [...this.#members.values()];
  }

  /** The peer ids of its clients, in the order in which they came. */
  get peers(): readonly string[] {
    return [...this.#clients.keys()];
  }

  /** Hands a client whatever it likes; also what is addressed to somebody else. */
  deliver(relayed: Relayed, client = relayed.to): void {
    const { sealed, ...payload } = relayed;
    const socket = this.#clients.get(client);
    if (socket !== undefined) say(socket, { type: 'event', name: 'signal', payload, sealed });
  }

  stop(): void {
    for (const client of this.#sockets.clients) client.terminate();
    this.#http.closeAllConnections();
    this.#http.close();
  }

  #serve(client: WebSocket, incoming: IncomingMessage): void {
    const honest = new WebSocket(`ws://localhost:${this.#behind}${incoming.url ?? ''}`);
    const early: Talk[] = [];
    const asking = new Map<number, string>();
    const onward = (talk: Talk) =>
      honest.readyState === WebSocket.OPEN ? say(honest, talk) : void early.push(talk);
    honest.on('open', () => early.splice(0).forEach((talk) => say(honest, talk)));
    listen(client, (talk) => {
      if (talk.type === 'event' && talk.name === 'signal') return this.#signalled(talk);
      if (talk.type === 'event' && talk.name === 'announce') {
        const { peerId: peer, check, seeder } = talk.payload as unknown as TrackerMember;
        this.#clients.set(peer, client);
        this.#members.set(peer, { peerId: peer, check, seeder });
        asking.set(talk.id ?? 0, peer);
      }
      onward(talk);
    });
    listen(honest, (talk) => void this.#answer(client, talk, asking));
    honest.on('error', () => client.terminate());
    honest.on('close', () => client.close());
    client.on('close', () => honest.close());
  }

  #signalled({ payload, sealed = Buffer.alloc(0) }: Talk & { type: 'event' }): void {
    const { infoHash, from, to } = payload as Record<string, string>;
    const relayed = { infoHash: infoHash!, from: from!, to: to!, sealed };
    this.seen.push(relayed);
    if (this.#mischief.signal === undefined) this.deliver(relayed);
    else void this.#mischief.signal(relayed, this);
  }

  async #answer(client: WebSocket, talk: Talk, asking: Map<number, string>): Promise<void> {
    const asker = talk.type === 'ack' ? asking.get(talk.id) : undefined;
    if (talk.type !== 'ack' || asker === undefined || !Array.isArray(talk.payload['members'])) {
      say(client, talk);
      return;
    }
    const honest = talk.payload['members'] as readonly TrackerMember[];
    const members = (await this.#mischief.members?.(honest, asker)) ?? honest;
    say(client, { ...talk, payload: { ...talk.payload, members } });
  }
}

function listen(socket: WebSocket, heard: (talk: Talk) => void): void {
  const reader = new TalkReader();
  socket.on('message', (data: Buffer, isBinary) => {
    const talk = reader.read(data, isBinary);
    if (talk !== undefined) heard(talk);
  });
}

function say(socket: WebSocket, talk: Talk): void {
  if (socket.readyState !== WebSocket.OPEN) return;
  for (const message of encodeTalk(talk)) socket.send(message);
}
