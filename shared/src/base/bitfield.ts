import type { Bytes } from './bytes.ts';

/** One bit a piece, the first piece in the high bit of the first byte, spare bits zero (BEP 3). */
export class Bitfield {
  readonly length: number;
  readonly #bytes: Bytes;
  #count: number;

  constructor(length: number) {
    this.length = length;
    this.#bytes = new Uint8Array(Math.ceil(length / 8));
    this.#count = 0;
  }

  /** A copy of what a peer sent, or nothing when its length is wrong or a spare bit is set. */
  static parse(bytes: Uint8Array, length: number): Bitfield | undefined {
    const bitfield = new Bitfield(length);
    if (bytes.length !== bitfield.#bytes.length) return undefined;
    const spare = bytes.length * 8 - length;
    if (((bytes.at(-1) ?? 0) & ((1 << spare) - 1)) !== 0) return undefined;
    bitfield.#bytes.set(bytes);
    for (const byte of bytes) bitfield.#count += ones(byte);
    return bitfield;
  }

  static full(length: number): Bitfield {
    const bitfield = new Bitfield(length);
    for (let index = 0; index < length; index++) bitfield.set(index);
    return bitfield;
  }

  /** How many bits are set. */
  get count(): number {
    return this.#count;
  }

  get complete(): boolean {
    return this.#count === this.length;
  }

  has(index: number): boolean {
    return ((this.#bytes[index >> 3] ?? 0) & (0x80 >> (index & 7))) !== 0;
  }

  set(index: number): void {
    if (index >= this.length || this.has(index)) return;
    this.#bytes[index >> 3] = (this.#bytes[index >> 3] ?? 0) | (0x80 >> (index & 7));
    this.#count++;
  }

  clear(index: number): void {
    if (!this.has(index)) return;
    this.#bytes[index >> 3] = (this.#bytes[index >> 3] ?? 0) & ~(0x80 >> (index & 7));
    this.#count--;
  }

  toBytes(): Bytes {
    return this.#bytes.slice();
  }

  *indices(): Generator<number> {
    for (let index = 0; index < this.length; index++) if (this.has(index)) yield index;
  }
}

function ones(byte: number): number {
  let count = 0;
  for (let rest = byte; rest > 0; rest >>= 1) count += rest & 1;
  return count;
}
