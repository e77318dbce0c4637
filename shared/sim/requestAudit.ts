import { SECOND, type Time } from '../src/base/time.ts';
import { BLOCK } from '../src/content/layout.ts';
import type { Range } from '../src/wire/message.ts';

/** An honest peer answers sooner, however slow its line. */
const LONGEST_ANSWER = 300 * SECOND;
/** As every peer tells the others that it takes. */
const MOST_OPEN = 500;
const MOST_ASKED = 2;

/** Of one peer: how many others it is asking for each block now. */
export class DuplicateAudit {
  readonly #asked = new Map<string, number>();
  readonly #excessive = new Set<string>();

  /** What is wrong, if anything. To be asked between steps: within one, a request may go out before a cancel. */
  get excess(): string | undefined {
    if (this.#excessive.size === 0) return undefined;
    const [block] = this.#excessive;
    return block && `asks ${this.#asked.get(block) ?? 0} peers for block ${block} at once`;
  }

  requested(range: Range): void {
    for (const block of blocksOf(range)) this.#set(block, (this.#asked.get(block) ?? 0) + 1);
  }

  ended(range: Range): void {
    for (const block of blocksOf(range)) this.#set(block, (this.#asked.get(block) ?? 0) - 1);
  }

  #set(block: string, count: number): void {
    if (count > 0) this.#asked.set(block, count);
    else this.#asked.delete(block);
    if (count > MOST_ASKED) this.#excessive.add(block);
    else this.#excessive.delete(block);
  }
}

interface Open {
  readonly range: Range;
  readonly since: Time;
  /** Towards how many are asked for the same block. */
  counts: boolean;
}

/** Of one connection, one way: requests that have no answer yet. */
export class RequestAudit {
  readonly #duplicates: DuplicateAudit;
  readonly #open = new Map<string, Open[]>();
  #count = 0;

  constructor(duplicates: DuplicateAudit) {
    this.#duplicates = duplicates;
  }

  /** How many wait for an answer. */
  get open(): number {
    return this.#count;
  }

  /**
   * What is wrong with it, if anything.
   *
   * @param sample it is to try whether the other one has what it claims, and asks for what is here already.
   */
  requested(now: Time, range: Range, sample: boolean): string | undefined {
    const request = { range, since: now, counts: !sample };
    const open = this.#open.get(keyOf(range));
    if (open === undefined) this.#open.set(keyOf(range), [request]);
    else open.push(request);
    if (!sample) this.#duplicates.requested(range);
    return ++this.#count > MOST_OPEN ? `has more than ${MOST_OPEN} requests open` : undefined;
  }

  cancelled(range: Range): void {
    const request = this.#open.get(keyOf(range))?.find(({ counts }) => counts);
    if (request === undefined) return;
    request.counts = false;
    this.#duplicates.ended(range);
  }

  /** BEP 6: every request gets exactly one piece or reject, whether it was cancelled or not. */
  answered(range: Range): string | undefined {
    const key = keyOf(range);
    const open = this.#open.get(key);
    const request = open?.shift();
    if (request === undefined) return `answers a request that was not made: ${key}`;
    if (open?.length === 0) this.#open.delete(key);
    this.#count--;
    if (request.counts) this.#duplicates.ended(range);
    return undefined;
  }

  /** The connection is over, and with it every request. */
  end(): void {
    for (const { range, counts } of this.#all()) if (counts) this.#duplicates.ended(range);
    this.#open.clear();
    this.#count = 0;
  }

  /**
   * A request that was never answered, if there is one.
   *
   * @param carriesSince before that, no answer could come.
   */
  forgotten(now: Time, carriesSince: Time): string | undefined {
    const old = this.#all().find(({ since }) => now - Math.max(since, carriesSince) > LONGEST_ANSWER);
    return old && `has had no answer for ${now - old.since} ms: ${keyOf(old.range)}`;
  }

  #all(): Open[] {
    return [...this.#open.values()].flat();
  }
}

function keyOf({ piece, begin, length }: Range): string {
  return `${piece}:${begin}:${length}`;
}

function blocksOf({ piece, begin, length }: Range): string[] {
  const blocks = [];
  for (let at = begin; at < begin + length; at += BLOCK) blocks.push(`${piece}:${at / BLOCK}`);
  return blocks;
}
