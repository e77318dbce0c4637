import type { Bytes } from '../src/base/bytes.ts';
import type { Time } from '../src/base/time.ts';
import type { SwarmInput } from '../src/swarm/io.ts';

/** So many characters or bytes tell one from another: ids are random. */
const TELLING = 8;

const words = new Uint32Array(2);
const double = new Float64Array(words.buffer);

/** A fingerprint of everything that happened in a run, in order. For comparing runs, not for security. */
export class RunHash {
  #low = 0x9e3779b9;
  #high = 0x85ebca6b;

  add(value: number): void {
    double[0] = value;
    this.#mix(words[0] ?? 0);
    this.#mix(words[1] ?? 0);
  }

  /** What happens to a swarm, the one of that number. */
  addInput(now: Time, number: number, input: SwarmInput): void {
    this.add(now);
    this.add(number);
    this.#addName(input.type);
    if ('peer' in input) this.#addName(input.peer);
    if ('operation' in input) this.add(input.operation);
    if (input.type === 'received') this.#addBytes(input.bytes);
    else if (input.type === 'read') this.add(input.bytes?.length ?? -1);
    else if (input.type === 'verified') this.add(Number(input.good));
    else if (input.type === 'stored') this.#addName(input.result);
  }

  #addName(name: string): void {
    for (let place = 0; place < Math.min(name.length, TELLING); place++) this.#mix(name.charCodeAt(place));
  }

  /** Their beginning says which messages they are. */
  #addBytes(bytes: Bytes): void {
    this.add(bytes.length);
    for (let place = 0; place < Math.min(bytes.length, TELLING); place++) this.#mix(bytes[place] ?? 0);
  }

  /** 16 hexadecimal digits. */
  get value(): string {
    return [this.#high, this.#low].map((word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
  }

  #mix(word: number): void {
    this.#low = Math.imul(this.#low ^ word, 0x5bd1e995);
    this.#low ^= this.#low >>> 15;
    this.#high = Math.imul(this.#high ^ this.#low ^ word, 0x1b873593);
    this.#high ^= this.#high >>> 13;
  }
}
