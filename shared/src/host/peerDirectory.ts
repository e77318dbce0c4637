import type { Brand } from '../base/brand.ts';
import type { PeerKey } from './ports.ts';

/** Gives every connection made in this session a number of its own, so that late events of an old one reach nobody. */
export class PeerDirectory<Entry> {
  readonly #entries = new Map<PeerKey, Entry>();
  #last = 0;

  add(entry: Entry): PeerKey {
    const key = peerKey(++this.#last);
    this.#entries.set(key, entry);
    return key;
  }

  get(key: PeerKey): Entry | undefined {
    return this.#entries.get(key);
  }

  remove(key: PeerKey): void {
    this.#entries.delete(key);
  }
}

function peerKey(number: number): Brand<number, 'PeerKey'> {
  return number as PeerKey;
}
