import type { Bytes } from '../../base/bytes.ts';
import { encodeMessage, MessageDecoder } from '../../wire/codec.ts';
import {
  encodeExtendedHandshake,
  EXTENDED_HANDSHAKE,
  parseExtendedHandshake,
  SHOAL_DHT,
} from '../../wire/extensions.ts';
import type { Message } from '../../wire/message.ts';

export interface LinkStreamEvents {
  /** The other end speaks the DHT's extension. */
  greeted(): void;
  received(payload: Bytes): void;
}

/** What travels on a connection made for the DHT alone: frames of the peer wire, an extended handshake, then its messages. */
export class LinkStream {
  readonly #events: LinkStreamEvents;
  readonly #decoder = new MessageDecoder();
  /** The id under which the other end takes them, once it has said so. */
  #id: number | undefined;

  constructor(events: LinkStreamEvents) {
    this.#events = events;
  }

  /** What to send first. */
  start(): Bytes {
    const payload = encodeExtendedHandshake({ m: new Map([['shoal_dht', SHOAL_DHT]]) });
    return encodeMessage({ type: 'extended', id: EXTENDED_HANDSHAKE, payload });
  }

  /** Nothing before the other end has greeted. */
  frame(payload: Bytes): Bytes | undefined {
    return this.#id === undefined ? undefined : encodeMessage({ type: 'extended', id: this.#id, payload });
  }

  keepAlive(): Bytes {
    return encodeMessage({ type: 'keepAlive' });
  }

  push(bytes: Bytes): 'fine' | 'malformed' {
    const result = this.#decoder.push(bytes);
    if (result.type === 'malformed') return 'malformed';
    return result.messages.every((message) => this.#take(message)) ? 'fine' : 'malformed';
  }

  #take(message: Message): boolean {
    if (message.type === 'keepAlive') return true;
    if (message.type !== 'extended') return false;
    if (message.id === EXTENDED_HANDSHAKE) return this.#greeted(message.payload);
    if (message.id !== SHOAL_DHT || this.#id === undefined) return false;
    this.#events.received(message.payload.slice());
    return true;
  }

  #greeted(payload: Bytes): boolean {
    const id = parseExtendedHandshake(payload)?.m.get('shoal_dht') ?? 0;
    if (id === 0 || this.#id !== undefined) return false;
    this.#id = id;
    this.#events.greeted();
    return true;
  }
}
