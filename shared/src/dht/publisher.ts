import type { PeerId } from '../base/ids.ts';
import { SECOND, type Time } from '../base/time.ts';
import type { DhtContext } from './context.ts';
import { Deadlines } from './deadlines.ts';
import { REPUBLISH } from './limits.ts';
import type { Effort } from './lookup.ts';
import type { Lookups } from './lookups.ts';
import type { Key } from './nodeId.ts';
import { type ShareAddress, writeProvider } from './shareAddress.ts';

interface Provided {
  readonly address: ShareAddress;
  readonly peerId: PeerId;
  published: number;
}

/** A record goes over so many paths, for the region to hold it though a few of them end with liars. */
const PUBLISHING: Effort = { atOnce: 4, answers: 4, most: 8 };
/** Soon after the first time, for the node may have come only now and know few. */
const SECOND_TIME = 30 * SECOND;
const SPREAD = 0.1;

/** Says of each share that is provided here that it is, again and again. */
export class Publisher {
  readonly #context: DhtContext;
  readonly #lookups: Lookups;
  readonly #provided = new Map<Key, Provided>();
  readonly #deadlines = new Deadlines<Key>();

  constructor(context: DhtContext, lookups: Lookups) {
    this.#context = context;
    this.#lookups = lookups;
  }

  /** Without a link there is nobody to tell. */
  get wakeAt(): Time {
    return this.#context.links.size === 0 ? Number.POSITIVE_INFINITY : this.#deadlines.next;
  }

  provide(address: ShareAddress, peerId: PeerId): void {
    this.#provided.set(address.key, { address, peerId, published: 0 });
    this.#deadlines.set(address.key, this.#context.now);
  }

  withdraw(key: Key): void {
    this.#provided.delete(key);
    this.#deadlines.delete(key);
  }

  tick(): void {
    const { now, links } = this.#context;
    if (links.size === 0) return;
    for (let key = this.#deadlines.take(now); key !== undefined; key = this.#deadlines.take(now)) {
      const provided = this.#provided.get(key);
      if (provided !== undefined) this.#publish(key, provided);
    }
  }

  #publish(key: Key, provided: Provided): void {
    const { crypto, random, self, seconds, now } = this.#context;
    const { address, peerId } = provided;
    const record = writeProvider(crypto, random, self, address, { peerId, issued: seconds });
    this.#lookups.begin({
      ...PUBLISHING,
      target: key,
      request: { type: 'publish', record },
      accept: ({ type }) => type === 'stored',
      ended: () => undefined,
    });
    const interval = provided.published++ === 0 ? SECOND_TIME : REPUBLISH;
    this.#deadlines.set(key, now + interval * (1 + SPREAD * (2 * random.next() - 1)));
  }
}
