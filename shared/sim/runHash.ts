import type { Time } from '../src/base/time.ts';
import type { SwarmInput } from '../src/swarm/io.ts';

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

  addText(text: string): void {
    for (let place = 0; place < text.length; place++) this.#mix(text.charCodeAt(place));
  }

  /** What happens to a swarm, the one of that number. */
  addInput(now: Time, number: number, input: SwarmInput): void {
    this.add(now);
    this.add(number);
    this.addText(input.type);
    if ('peer' in input) this.addText(input.peer);
    if ('operation' in input) this.add(input.operation);
    if (input.type === 'received') this.add(input.bytes.length);
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
