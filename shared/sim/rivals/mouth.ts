import { type Bytes, concat } from '../../src/base/bytes.ts';
import { encodeMessage, MessageDecoder } from '../../src/wire/codec.ts';
import { HANDSHAKE } from '../../src/wire/handshake.ts';
import { PROOF } from '../../src/wire/proof.ts';
import type { Speech } from './rival.ts';

/** Puts a liar's words in place of what the production swarm says on one connection, handshake and proof excepted. */
export class Mouth {
  readonly #says: Speech;
  readonly #decoder = new MessageDecoder();
  #opening = HANDSHAKE + PROOF;

  constructor(says: Speech) {
    this.#says = says;
  }

  speak(frames: readonly Bytes[]): Bytes[] {
    return frames.map((frame) => this.#speakOne(frame)).filter(({ length }) => length > 0);
  }

  #speakOne(frame: Bytes): Bytes {
    const opening = frame.subarray(0, this.#opening);
    const result = this.#decoder.push(frame.subarray(opening.length));
    this.#opening -= opening.length;
    if (result.type === 'malformed') throw new Error(`the swarm says what is no message: ${result.reason}`);
    return concat(opening, ...result.messages.flatMap(this.#says).map((said) => encodeMessage(said)));
  }
}
