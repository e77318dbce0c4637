import type { Bytes } from '../src/base/bytes.ts';
import { MessageDecoder } from '../src/wire/codec.ts';
import { HANDSHAKE } from '../src/wire/handshake.ts';
import type { Message } from '../src/wire/message.ts';
import { PROOF } from '../src/wire/proof.ts';

/** Reads along what one end of a connection says, once handshake and proof are past. */
export class ConversationTap {
  readonly #decoder = new MessageDecoder();
  #opening = HANDSHAKE + PROOF;

  /** Nothing when it is not the protocol. */
  push(bytes: Bytes): readonly Message[] | undefined {
    const result = this.#decoder.push(this.#opening > 0 ? this.#pastOpening(bytes) : bytes);
    return result.type === 'messages' ? result.messages : undefined;
  }

  #pastOpening(bytes: Bytes): Bytes {
    const rest = bytes.subarray(this.#opening);
    this.#opening -= Math.min(bytes.length, this.#opening);
    return rest;
  }
}
