import { toHex } from '../base/bytes.ts';
import type { Random } from '../base/random.ts';
import { shuffle } from '../base/random.ts';
import { MAX_KEY_RECORDS, MAX_PROVIDERS, MAX_RECORDS, MAX_SENDER_RECORDS } from './limits.ts';
import type { Key, NodeId } from './nodeId.ts';
import { isCurrent, type ProviderRecord } from './providerRecord.ts';
import type { Seconds } from './stamp.ts';

/** Who handed us a record: not who signed it, for anybody can make any number of keys. */
interface Held {
  readonly record: ProviderRecord;
  readonly sender: NodeId;
}

export type StoreResult = 'stored' | 'known' | 'stale' | 'forged' | 'full';

/** Provider records held for others: bounded altogether, for each key and for each sender. */
export class RecordStore {
  readonly #isGenuine: (record: ProviderRecord) => boolean;
  /** By key, then by author. */
  readonly #keys = new Map<Key, Map<string, Held>>();
  readonly #senders = new Map<NodeId, number>();
  #size = 0;

  constructor(isGenuine: (record: ProviderRecord) => boolean) {
    this.#isGenuine = isGenuine;
  }

  get size(): number {
    return this.#size;
  }

  get keys(): IterableIterator<Key> {
    return this.#keys.keys();
  }

  /** The signature is looked at last, for that costs most. */
  put(record: ProviderRecord, sender: NodeId, now: Seconds): StoreResult {
    const author = toHex(record.author);
    const before = this.#keys.get(record.key)?.get(author);
    if (!isCurrent(record, now) || (before && before.record.issued > record.issued)) return 'stale';
    if (before?.record.issued === record.issued) return 'known';
    if (!before && !this.#mayHaveRoom(record.key, sender)) return 'full';
    if (!this.#isGenuine(record)) return 'forged';
    if (!before) this.#makeRoom(record.key);
    this.#set(author, { record, sender });
    return 'stored';
  }

  /**
   * At most MAX_PROVIDERS current records, of as many senders as there are: one who fills a key with records hides
   * nobody else's.
   */
  providers(key: Key, now: Seconds, random: Random): ProviderRecord[] {
    const current = [...(this.#keys.get(key)?.values() ?? [])].filter(({ record }) => isCurrent(record, now));
    const turns = new Map<NodeId, number>();
    const ranked = shuffle(random, current).map((held) => {
      const turn = turns.get(held.sender) ?? 0;
      turns.set(held.sender, turn + 1);
      return { record: held.record, turn };
    });
    return ranked
      .sort((a, b) => a.turn - b.turn)
      .slice(0, MAX_PROVIDERS)
      .map(({ record }) => record);
  }

  /** Forgets what has expired. */
  sweep(now: Seconds): void {
    for (const [key, records] of this.#keys)
      for (const [author, { record }] of records) if (!isCurrent(record, now)) this.#delete(key, author);
  }

  #mayHaveRoom(key: Key, sender: NodeId): boolean {
    if (this.#size >= MAX_RECORDS || (this.#senders.get(sender) ?? 0) >= MAX_SENDER_RECORDS) return false;
    const records = this.#keys.get(key);
    if (records === undefined || records.size < MAX_KEY_RECORDS) return true;
    return countOf(records, sender) < countOf(records, greediest(records));
  }

  /** Of a full key, a record of whoever has most there goes. */
  #makeRoom(key: Key): void {
    const records = this.#keys.get(key);
    if (records === undefined || records.size < MAX_KEY_RECORDS) return;
    const greedy = greediest(records);
    for (const [author, { sender }] of records) if (sender === greedy) return this.#delete(key, author);
  }

  #set(author: string, held: Held): void {
    const { key } = held.record;
    this.#delete(key, author);
    const records = this.#keys.get(key) ?? new Map<string, Held>();
    records.set(author, held);
    this.#keys.set(key, records);
    this.#senders.set(held.sender, (this.#senders.get(held.sender) ?? 0) + 1);
    this.#size++;
  }

  #delete(key: Key, author: string): void {
    const records = this.#keys.get(key);
    const held = records?.get(author);
    if (records === undefined || held === undefined) return;
    records.delete(author);
    if (records.size === 0) this.#keys.delete(key);
    const left = (this.#senders.get(held.sender) ?? 0) - 1;
    if (left > 0) this.#senders.set(held.sender, left);
    else this.#senders.delete(held.sender);
    this.#size--;
  }
}

function countOf(records: ReadonlyMap<string, Held>, sender: NodeId | undefined): number {
  return [...records.values()].filter((held) => held.sender === sender).length;
}

function greediest(records: ReadonlyMap<string, Held>): NodeId | undefined {
  const counts = new Map<NodeId, number>();
  for (const { sender } of records.values()) counts.set(sender, (counts.get(sender) ?? 0) + 1);
  return [...counts].reduce<[NodeId, number] | undefined>(
    (most, entry) => (most === undefined || entry[1] > most[1] ? entry : most),
    undefined,
  )?.[0];
}
