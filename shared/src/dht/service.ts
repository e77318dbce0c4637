import { type Bytes, toHex } from '../base/bytes.ts';
import type { Contact } from './contact.ts';
import type { DhtContext } from './context.ts';
import { compareDistance, headOf, shareBetween } from './distance.ts';
import type { Link } from './link.ts';
import { MAX_CONTACTS, MAX_PROVIDERS, REPLICAS } from './limits.ts';
import type { Answer, Request } from './message.ts';
import type { PathId } from './pathId.ts';
import { isGenuineMutable, type MutableRecord, mutableKey } from './mutableRecord.ts';
import { MutableStore } from './mutableStore.ts';
import type { Key, NodeId, Place } from './nodeId.ts';
import { isGenuine, type ProviderRecord } from './providerRecord.ts';
import { RecordStore } from './recordStore.ts';
import { openBox } from './sealedBox.ts';
import { ReturnPaths } from './returnPaths.ts';
import { SeenSignals } from './seenSignals.ts';

/** A record is passed on to so many nodes of its region. */
const COPIES = REPLICAS + 4;
/** Beyond the region by this much, a record is taken that somebody else thinks is ours to hold. */
const TOLERANCE = 4;
/** Who comes new near records that we hold gets at most so many messages of them. */
const HANDED_OVER = 4;

/** What a node does for others: it holds records, tells them, and takes what is signalled to it. */
export class Service {
  readonly #context: DhtContext;
  readonly #providers: RecordStore;
  readonly #mutables: MutableStore;
  readonly returnPaths = new ReturnPaths();
  readonly #seen = new SeenSignals();

  constructor(context: DhtContext) {
    this.#context = context;
    const { crypto } = context;
    this.#providers = new RecordStore((record) => isGenuine(crypto, record));
    this.#mutables = new MutableStore((record) => isGenuineMutable(crypto, record));
  }

  /** Records held for others. */
  get held(): RecordStore {
    return this.#providers;
  }

  /** The answer, if the request ends here. A record to be filed is filed, where it belongs here, and goes on. */
  take(request: Request, target: Key, sender: NodeId, path?: PathId): Answer | undefined {
    switch (request.type) {
      case 'find':
        return undefined;
      case 'providers': {
        const { seconds, random } = this.#context;
        const records = this.#providers.providers(target, seconds, random);
        return records.length > 0 ? { type: 'providers', records } : undefined;
      }
      case 'mutable': {
        const record = this.#mutables.get(target, this.#context.now);
        return record && { type: 'mutable', record };
      }
      case 'publish':
      case 'put':
        return this.#isIn(target) ? this.#file(request, target, sender) : undefined;
      case 'signal':
        return this.#isSelf(target) ? this.#deliver(request.sealed, path) : undefined;
    }
  }

  /** What to say where nobody is nearer: who is nearest holds a record in any case. */
  last(request: Request, target: Key, sender: NodeId): Answer {
    switch (request.type) {
      case 'find':
        return { type: 'contacts', contacts: this.#nearest(target) };
      case 'publish':
      case 'put':
        return this.#file(request, target, sender) ?? { type: 'stored' };
      case 'providers':
      case 'mutable':
      case 'signal':
        return { type: 'none' };
    }
  }

  returned(sealed: Bytes): void {
    this.#deliver(sealed);
  }

  /** Records that somebody near their keys wants us to hold, too. */
  replicated(from: Link, records: readonly ProviderRecord[]): void {
    const { now, seconds, size, head } = this.#context;
    for (const record of records) {
      const near = shareBetween(head, headOf(record.key)) <= size.region * TOLERANCE;
      if (near && from.stores.spend(now)) this.#providers.put(record, from.contact.id, seconds);
    }
  }

  /** Hands records to a new link that is in their region. */
  handOver(to: Link): void {
    const { seconds, random, size } = this.#context;
    const keys = [...this.#providers.keys].filter((key) => shareBetween(to.head, headOf(key)) < size.region);
    const records = keys
      .sort((a, b) => shareBetween(to.head, headOf(a)) - shareBetween(to.head, headOf(b)))
      .flatMap((key) => this.#providers.providers(key, seconds, random));
    for (let sent = 0; sent < HANDED_OVER; sent++)
      this.#replicate(to, records.slice(sent * MAX_PROVIDERS, (sent + 1) * MAX_PROVIDERS));
  }

  /** Forgets what has expired. */
  sweep(): void {
    this.#providers.sweep(this.#context.seconds);
  }

  #file(
    request: Request & { readonly type: 'publish' | 'put' },
    target: Key,
    sender: NodeId,
  ): Answer | undefined {
    if (request.type === 'put') return this.#fileMutable(request.record, target, sender);
    const { record } = request;
    if (record.key !== target) return { type: 'none' };
    const result = this.#providers.put(record, sender, this.#context.seconds);
    if (result === 'stored') this.#passOn(record);
    return result === 'forged' || result === 'stale' ? { type: 'none' } : undefined;
  }

  #fileMutable(record: MutableRecord, target: Key, sender: NodeId): Answer | undefined {
    const { crypto, now } = this.#context;
    if (mutableKey(crypto, record.publicKey, record.salt) !== target) return { type: 'none' };
    const result = this.#mutables.put(target, record, sender, now);
    return result === 'forged' || result === 'stale' ? { type: 'none' } : undefined;
  }

  #deliver(sealed: Bytes, path?: PathId): Answer {
    const { crypto, self, seconds, now, emit } = this.#context;
    const content = openBox(crypto, self, sealed);
    if (content === undefined) return { type: 'none' };
    const { from, box, sent, payload } = content;
    const judgement = this.#seen.accept(from.id, toHex(box), sent, seconds);
    if (judgement === 'new' && path !== undefined) this.returnPaths.remember(from.id, path, now);
    if (judgement === 'new') emit({ type: 'signalled', from, payload });
    return judgement === 'new' || judgement === 'seen' ? { type: 'delivered' } : { type: 'none' };
  }

  #passOn(record: ProviderRecord): void {
    const { links, size } = this.#context;
    const head = headOf(record.key);
    const region = [...links].filter((link) => shareBetween(link.head, head) < size.region);
    for (const link of byDistance(record.key, region).slice(0, COPIES)) this.#replicate(link, [record]);
  }

  #replicate(link: Link, records: readonly ProviderRecord[]): void {
    if (records.length === 0) return;
    this.#context.emit({ type: 'send', link: link.key, message: { type: 'replicate', records } });
  }

  #nearest(target: Key): readonly Contact[] {
    const { id, publicKey } = this.#context.self;
    const contacts = [...this.#context.links].map(({ contact }) => contact);
    return [{ id, publicKey }, ...contacts]
      .sort((a, b) => compareDistance(target, a.id, b.id))
      .slice(0, MAX_CONTACTS);
  }

  #isIn(target: Key): boolean {
    const { head, size } = this.#context;
    return shareBetween(head, headOf(target)) < size.region;
  }

  #isSelf(target: Place): boolean {
    const id: Place = this.#context.self.id;
    return id === target;
  }
}

function byDistance(target: Key, links: readonly Link[]): readonly Link[] {
  return links.toSorted((a, b) => compareDistance(target, a.contact.id, b.contact.id));
}
