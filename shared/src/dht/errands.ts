import { toHex } from '../base/bytes.ts';
import type { Bytes } from '../base/bytes.ts';
import type { Contact } from './contact.ts';
import type { DhtContext } from './context.ts';
import type { Operation } from './io.ts';
import type { Effort } from './lookup.ts';
import type { Lookups } from './lookups.ts';
import type { Answer } from './message.ts';
import type { PathId } from './pathId.ts';
import { isGenuineMutable, type MutableRecord, mutableKey } from './mutableRecord.ts';
import { type Key, keyAt, type NodeId } from './nodeId.ts';
import { isCurrent, isGenuine, type ProviderRecord } from './providerRecord.ts';
import { sealBox } from './sealedBox.ts';
import type { Service } from './service.ts';
import { readProvider, type ShareAddress } from './shareAddress.ts';

const SEEKING: Effort = { atOnce: 3, answers: 3, most: 14 };
const PUTTING: Effort = { atOnce: 4, answers: 4, most: 8 };
const GETTING: Effort = { atOnce: 3, answers: 3, most: 10 };
const SIGNALLING: Effort = { atOnce: 1, answers: 1, most: 3 };

/** Ways to a node other than by its place. */
interface Ways {
  /** Back over a path that it signalled over; false when that is not known any more. */
  sendBack(path: PathId, sealed: Bytes): boolean;
  /** Who told us of it. */
  teller(id: NodeId): NodeId | undefined;
}

/** What the host asks for. Each operation ends once. */
export class Errands {
  readonly #context: DhtContext;
  readonly #lookups: Lookups;
  readonly #service: Service;
  readonly #ways: Ways;

  constructor(context: DhtContext, lookups: Lookups, service: Service, ways: Ways) {
    this.#ways = ways;
    this.#context = context;
    this.#lookups = lookups;
    this.#service = service;
  }

  lookUp(operation: Operation, address: ShareAddress): void {
    const authors = new Set<string>();
    const take = (answer: Answer, steps: number) => {
      if (answer.type !== 'providers') return false;
      const good = answer.records.filter((record) => this.#tell(operation, address, record, authors, steps));
      return good.length > 0;
    };
    const request = { type: 'providers' } as const;
    const own = this.#service.take(request, address.key, this.#context.self.id);
    if (own !== undefined) take(own, 0);
    this.#begin(operation, SEEKING, { target: address.key, request, accept: take });
  }

  put(operation: Operation, record: MutableRecord): void {
    const target = mutableKey(this.#context.crypto, record.publicKey, record.salt);
    const request = { type: 'put', record } as const;
    this.#begin(operation, PUTTING, { target, request, accept: ({ type }) => type === 'stored' });
  }

  get(operation: Operation, key: Key): void {
    let best: MutableRecord | undefined;
    this.#begin(operation, GETTING, {
      target: key,
      request: { type: 'mutable' },
      accept: (answer) => {
        if (answer.type !== 'mutable' || !this.#isOf(key, answer.record)) return false;
        if (best === undefined || answer.record.sequence > best.sequence) best = answer.record;
        return true;
      },
      ended: () => {
        if (best !== undefined) this.#context.emit({ type: 'record', operation, record: best });
      },
    });
  }

  signal(operation: Operation, to: Contact, payload: Bytes): void {
    const { crypto, random, self, seconds, now, links, emit } = this.#context;
    const sealed = sealBox(crypto, random, self, to.publicKey, { sent: seconds, payload });
    if (sealed === undefined) return emit({ type: 'ended', operation, ending: 'unanswered' });
    const back = this.#service.returnPaths.to(to.id, now);
    if (back !== undefined && this.#ways.sendBack(back, sealed))
      return emit({ type: 'ended', operation, ending: 'answered' });
    const teller = this.#ways.teller(to.id);
    this.#begin(operation, SIGNALLING, {
      first: teller && links.link(teller),
      target: keyAt(to.id),
      request: { type: 'signal', sealed },
      accept: ({ type }) => type === 'delivered',
    });
  }

  #begin(
    operation: Operation,
    effort: Effort,
    sought: Omit<Parameters<Lookups['begin']>[0], keyof Effort | 'ended'> & { readonly ended?: () => void },
  ): void {
    this.#lookups.begin({
      ...effort,
      ...sought,
      ended: (ending) => {
        sought.ended?.();
        this.#context.emit({ type: 'ended', operation, ending });
      },
    });
  }

  /** True when the record is good; a provider is told once. */
  #tell(
    operation: Operation,
    address: ShareAddress,
    record: ProviderRecord,
    authors: Set<string>,
    steps: number,
  ): boolean {
    const { crypto, seconds, emit } = this.#context;
    const author = toHex(record.author);
    if (authors.has(author)) return true;
    if (record.key !== address.key || !isCurrent(record, seconds) || !isGenuine(crypto, record)) return false;
    const provider = readProvider(crypto, address, record);
    if (provider === undefined) return false;
    authors.add(author);
    emit({ type: 'provider', operation, provider, steps });
    return true;
  }

  #isOf(key: Key, record: MutableRecord): boolean {
    const { crypto } = this.#context;
    return mutableKey(crypto, record.publicKey, record.salt) === key && isGenuineMutable(crypto, record);
  }
}
