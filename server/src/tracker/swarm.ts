import { type Bytes, equalInConstantTime } from '@shoal/shared/base/bytes.ts';
import type { PeerId } from '@shoal/shared/base/ids.ts';
import { type Random, shuffle } from '@shoal/shared/base/random.ts';
import { SECOND, type Time } from '@shoal/shared/base/time.ts';
import type { MemberPayload } from '@shoal/shared/tracker/payload.ts';
import { Roster } from './roster.ts';

/** A client's socket, by a name that is never used twice. */
export type Connection = string;

export interface Membership {
  readonly peerId: PeerId;
  readonly token: Bytes;
  readonly check: string;
  readonly seeder: boolean;
  /** Nothing while the connection is lost: the id stays bound, but nobody is told of it. */
  readonly connection: Connection | undefined;
  /** When silence ends the membership. */
  readonly deadline: Time;
}

const LEAST_INTERVAL = 30 * SECOND;
const MOST_INTERVAL = 120 * SECOND;
/** Up to so many members the interval is the least; at `LARGE` it is the most. */
const SMALL = 100;
const LARGE = 1000;

/** Who is in one swarm. */
export class Swarm {
  readonly #members = new Map<PeerId, Membership>();
  readonly #present = new Roster<PeerId>();
  #seeders = 0;

  /** All bound ids, those with a lost connection included. */
  get size(): number {
    return this.#members.size;
  }

  /** Of those present. */
  get seeders(): number {
    return this.#seeders;
  }

  get leechers(): number {
    return this.#present.size - this.#seeders;
  }

  /** Milliseconds between two announces of a member: longer in a large swarm, which needs each of them less. */
  get interval(): number {
    const crowd = Math.min(Math.max((this.#present.size - SMALL) / (LARGE - SMALL), 0), 1);
    return Math.round(LEAST_INTERVAL + crowd * (MOST_INTERVAL - LEAST_INTERVAL));
  }

  get(peerId: PeerId): Membership | undefined {
    return this.#members.get(peerId);
  }

  members(): IterableIterator<Membership> {
    return this.#members.values();
  }

  /** Whether the id is bound to another token. */
  bars(peerId: PeerId, token: Bytes): boolean {
    const bound = this.#members.get(peerId);
    return bound !== undefined && !equalInConstantTime(bound.token, token);
  }

  put(member: Membership): void {
    this.remove(member.peerId);
    this.#members.set(member.peerId, member);
    if (member.connection === undefined) return;
    this.#present.add(member.peerId);
    if (member.seeder) this.#seeders++;
  }

  remove(peerId: PeerId): void {
    const member = this.#members.get(peerId);
    this.#members.delete(peerId);
    if (!this.#present.has(peerId)) return;
    this.#present.delete(peerId);
    if (member?.seeder) this.#seeders--;
  }

  /** Others at random, in random order. */
  others(self: PeerId, wanted: number, random: Random): MemberPayload[] {
    const others: MemberPayload[] = [];
    for (const peerId of shuffle(random, this.#present.sample(random, wanted + 1))) {
      const member = this.#members.get(peerId);
      if (member === undefined || peerId === self || others.length === wanted) continue;
      others.push({ peerId, check: member.check, seeder: member.seeder });
    }
    return others;
  }
}
