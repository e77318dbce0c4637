import { type Bytes, equal } from '../../base/bytes.ts';
import { type LinkKey, linkKey } from '../../dht/link.ts';

/** A connection on which the node speaks. */
export interface LinkEnd {
  send(payload: Bytes): void;
  /** Of a swarm's connection: nothing more is said on it, nor listened to. */
  end(): void;
  /** Whose key has to be proven, where that is known. */
  readonly expected?: Bytes | undefined;
}

/** The node's connections by the numbers it knows them by. */
export class LinkBook {
  readonly #ends = new Map<LinkKey, LinkEnd>();
  #last = 0;

  add(end: LinkEnd): LinkKey {
    const key = linkKey(++this.#last);
    this.#ends.set(key, end);
    return key;
  }

  has(key: LinkKey): boolean {
    return this.#ends.has(key);
  }

  send(key: LinkKey, payload: Bytes): void {
    this.#ends.get(key)?.send(payload);
  }

  /** False when another's key was expected. */
  mayBe(key: LinkKey, publicKey: Bytes): boolean {
    const expected = this.#ends.get(key)?.expected;
    return expected === undefined || equal(expected, publicKey);
  }

  /** The connection is gone; false when it was not here. */
  lost(key: LinkKey): boolean {
    return this.#ends.delete(key);
  }

  end(key: LinkKey): void {
    const end = this.#ends.get(key);
    if (this.#ends.delete(key)) end?.end();
  }
}
