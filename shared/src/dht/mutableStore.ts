import { equal } from '../base/bytes.ts';
import type { Time } from '../base/time.ts';
import { MUTABLE_LIFE } from './limits.ts';
import type { MutableRecord } from './mutableRecord.ts';
import type { Key, NodeId } from './nodeId.ts';
import type { StoreResult } from './recordStore.ts';

const MAX_MUTABLES = 500;
const MAX_SENDER_MUTABLES = 100;

interface Held {
  readonly record: MutableRecord;
  readonly sender: NodeId;
  readonly at: Time;
}

/** Mutable records held for others: one a key, for a key is made of its owner's; bounded altogether and by sender. */
export class MutableStore {
  readonly #isGenuine: (record: MutableRecord) => boolean;
  readonly #records = new Map<Key, Held>();

  constructor(isGenuine: (record: MutableRecord) => boolean) {
    this.#isGenuine = isGenuine;
  }

  get size(): number {
    return this.#records.size;
  }

  /** @param key the one that the record's owner and salt make. A record put again stays for longer. */
  put(key: Key, record: MutableRecord, sender: NodeId, now: Time): StoreResult {
    const before = this.get(key, now);
    if (before && before.sequence > record.sequence) return 'stale';
    const again = before?.sequence === record.sequence;
    if (again && !equal(before.value, record.value)) return 'stale';
    if (!before && !this.#hasRoomFor(sender, now)) return 'full';
    if (!this.#isGenuine(record)) return 'forged';
    this.#records.set(key, { record, sender, at: now });
    return again ? 'known' : 'stored';
  }

  get(key: Key, now: Time): MutableRecord | undefined {
    const held = this.#records.get(key);
    return held !== undefined && held.at + MUTABLE_LIFE > now ? held.record : undefined;
  }

  #hasRoomFor(sender: NodeId, now: Time): boolean {
    for (const [key, { at }] of this.#records) if (at + MUTABLE_LIFE <= now) this.#records.delete(key);
    const theirs = [...this.#records.values()].filter((held) => held.sender === sender).length;
    return this.#records.size < MAX_MUTABLES && theirs < MAX_SENDER_MUTABLES;
  }
}
