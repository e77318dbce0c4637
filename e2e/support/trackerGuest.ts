import { randomBytes } from 'node:crypto';
import { WebSocket } from 'ws';
import { encodeTalk, type Talk, TalkReader } from './socketTalk.ts';

/** A sealed signal on its way; ids in hexadecimal. */
export interface Relayed {
  readonly infoHash: string;
  readonly from: string;
  readonly to: string;
  readonly sealed: Buffer;
}

export interface TrackerMember {
  readonly peerId: string;
  readonly check: string;
  readonly seeder: boolean;
}

/** A client of the tracker that is no browser: it announces whatever it likes. */
export class TrackerGuest {
  readonly peerId = randomBytes(20).toString('hex');
  /** All that was relayed to it so far. */
  readonly inbox: Relayed[] = [];
  readonly #socket: WebSocket;
  readonly #token = randomBytes(32).toString('base64url');
  readonly #waiting = new Map<number, (payload: Readonly<Record<string, unknown>>) => void>();
  readonly #welcomed = pending();
  #listener: (relayed: Relayed) => void = () => undefined;
  #announces = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
    const reader = new TalkReader();
    socket.on('message', (data: Buffer, isBinary) => {
      const talk = reader.read(data, isBinary);
      if (talk !== undefined) this.#heard(talk);
    });
  }

  static async join(origin: string): Promise<TrackerGuest> {
    const address = `${origin.replace(/^http/, 'ws')}/socket.io/?EIO=4&transport=websocket`;
    const socket = new WebSocket(address);
    const guest = new TrackerGuest(socket);
    socket.on('error', (error) => guest.#welcomed.reject(error));
    await guest.#welcomed.promise;
    return guest;
  }

  /** Calls for what has been relayed already, and for everything after it. */
  listen(listener: (relayed: Relayed) => void): void {
    this.#listener = listener;
    for (const relayed of this.inbox) listener(relayed);
  }

  /** Resolves with the other members. */
  async announce(infoHash: string, check: string, seeder: boolean): Promise<readonly TrackerMember[]> {
    const id = this.#announces++;
    const answered = new Promise<Readonly<Record<string, unknown>>>((resolve) => {
      this.#waiting.set(id, resolve);
    });
    const { peerId } = this;
    const payload = { infoHash, peerId, token: this.#token, event: 'started', seeder, check, wanted: 50 };
    this.#say({ type: 'event', name: 'announce', payload, id });
    const reply = await answered;
    if (reply['type'] !== 'announced') throw new Error(`announce: ${JSON.stringify(reply)}`);
    return reply['members'] as readonly TrackerMember[];
  }

  signal(infoHash: string, to: string, sealed: Buffer): void {
    const payload = { infoHash, from: this.peerId, to };
    this.#say({ type: 'event', name: 'signal', payload, sealed });
  }

  leave(): void {
    this.#socket.close();
  }

  #heard(talk: Talk): void {
    if (talk.type === 'ack') this.#waiting.get(talk.id)?.(talk.payload);
    else if (talk.type === 'event' && talk.name === 'hello') this.#welcomed.resolve();
    else if (talk.type === 'event' && talk.sealed !== undefined) {
      const { infoHash, from, to } = talk.payload as Record<string, string>;
      const relayed = { infoHash: infoHash!, from: from!, to: to!, sealed: talk.sealed };
      this.inbox.push(relayed);
      this.#listener(relayed);
    } else if (talk.type === 'other' && talk.text.startsWith('0')) this.#socket.send('40');
    else if (talk.type === 'other' && talk.text === '2') this.#socket.send('3');
  }

  #say(talk: Talk): void {
    for (const message of encodeTalk(talk)) this.#socket.send(message);
  }
}

function pending(): { promise: Promise<void>; resolve: () => void; reject: (error: Error) => void } {
  let settle: { resolve: () => void; reject: (error: Error) => void } | undefined;
  const promise = new Promise<void>((resolve, reject) => (settle = { resolve, reject }));
  return { promise, resolve: () => settle?.resolve(), reject: (error) => settle?.reject(error) };
}
