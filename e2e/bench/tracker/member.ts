import { createHash } from 'node:crypto';
import { frame, WebSocketClient } from './webSocket.ts';

/** A description with its candidates is some 2 KiB. */
const SEALED = Buffer.alloc(2048, 7);
const ENGINE_PING = 0x32;
const ENGINE_MESSAGE = 0x34;
const SOCKET_EVENT = 0x32;
const SOCKET_ACK = 0x33;
const PONG = frame('3');
const JOIN = frame('40');

const digest = (text: string) => createHash('sha256').update(text).digest();
const id = (text: string) => digest(text).subarray(0, 20).toString('hex');

export interface Identity {
  readonly name: string;
  readonly address: string;
  readonly swarm: string;
  /** To whom its signals go. */
  readonly partner: string;
}

interface Waiting {
  readonly since: number;
  readonly done: (milliseconds: number) => void;
}

/** One client of the tracker. */
export class Member {
  readonly identity: Identity;
  readonly joined: Promise<void>;
  readonly #socket: WebSocketClient;
  readonly #announce: Buffer;
  readonly #signal: Buffer;
  /** Answers come in the order of the questions. */
  readonly #announces: Waiting[] = [];
  /** Signals under way to this member; only its partner sends it any. */
  readonly #signals: Waiting[] = [];
  #greeted: () => void = () => undefined;

  constructor(port: number, identity: Identity, closed: () => void) {
    this.identity = identity;
    const [infoHash, peerId, to] = [identity.swarm, identity.name, identity.partner].map(id);
    const [token, check] = ['token', 'check'].map((what) =>
      digest(what + identity.name).toString('base64url'),
    );
    const announce = { infoHash, peerId, token, event: 'update', seeder: false, check, wanted: 50 };
    this.#announce = frame(`421${JSON.stringify(['announce', announce])}`);
    const signal = { infoHash, from: peerId, to, sealed: { _placeholder: true, num: 0 } };
    this.#signal = Buffer.concat([frame(`451-${JSON.stringify(['signal', signal])}`), frame(SEALED)]);
    this.joined = new Promise((resolve) => (this.#greeted = resolve));
    this.#socket = new WebSocketClient(port, identity.address, (payload) => this.#receive(payload), closed);
  }

  /** Announces and signals as they travel, for somebody who sends them without looking at the answers. */
  get frames(): { announce: Buffer; signal: Buffer } {
    return { announce: this.#announce, signal: this.#signal };
  }

  get socket(): WebSocketClient {
    return this.#socket;
  }

  announce(since: number, done: (milliseconds: number) => void): void {
    this.#announces.push({ since, done });
    this.#socket.write(this.#announce);
  }

  signal(partner: Member, since: number, done: (milliseconds: number) => void): void {
    partner.#signals.push({ since, done });
    this.#socket.write(this.#signal);
  }

  /** What was never answered counts as having taken until now. */
  giveUp(): void {
    const now = performance.now();
    for (const { since, done } of [...this.#announces.splice(0), ...this.#signals.splice(0)])
      done(now - since);
  }

  #receive(payload: Buffer): void {
    const [engine, packet] = payload;
    if (payload.length === SEALED.length && engine === SEALED[0]) finish(this.#signals);
    else if (engine === ENGINE_PING) this.#socket.write(PONG);
    else if (engine !== ENGINE_MESSAGE) this.#socket.write(JOIN);
    else if (packet === SOCKET_ACK) finish(this.#announces);
    else if (packet === SOCKET_EVENT) this.#greeted();
  }
}

function finish(waiting: Waiting[]): void {
  const first = waiting.shift();
  first?.done(performance.now() - first.since);
}
