import type { Brand } from '../base/brand.ts';
import { SECOND, type Time } from '../base/time.ts';
import { Allowance } from './allowance.ts';
import type { Contact } from './contact.ts';
import { headOf } from './distance.ts';

/** The host's number for a connection: never used again while the node lives. */
export type LinkKey = Brand<number, 'LinkKey'>;

export function linkKey(number: number): LinkKey {
  return number as LinkKey;
}

/**
 * What the connection was made for. One of a swarm's is never closed for the DHT's sake; one made to enter the overlay is
 * kept until there are others.
 */
export type Purpose = 'swarm' | 'entry' | 'link';

const FIRST_PATIENCE = SECOND;
const LEAST_PATIENCE = 300;
const LONGEST_PATIENCE = 2 * SECOND;
const SUSPICION = 30 * SECOND;
/** How much the latest counts against all before, of round trips and of conduct. */
const LATEST_TRIP = 0.2;
const LATEST_CONDUCT = 0.1;
const FIRST_CONDUCT = 0.9;

/** Others' requests through one link; a unit is a small message. */
const REQUESTS = { burst: 300, perSecond: 40 };
const STORES = { burst: 60, perSecond: 2 };

/** A proven connection to another node, and what it has been like. */
export class Link {
  readonly key: LinkKey;
  readonly contact: Contact;
  /** The first 32 bits of its id. */
  readonly head: number;
  readonly purpose: Purpose;
  readonly since: Time;
  readonly requests: Allowance;
  readonly stores: Allowance;
  /** When something of use went through it last. */
  usedAt: Time;
  #trip: number | undefined;
  #deviation = 0;
  #conduct = FIRST_CONDUCT;
  #suspectUntil = Number.NEGATIVE_INFINITY;

  constructor(key: LinkKey, contact: Contact, purpose: Purpose, now: Time) {
    this.key = key;
    this.contact = contact;
    this.head = headOf(contact.id);
    this.purpose = purpose;
    this.since = now;
    this.usedAt = now;
    this.requests = new Allowance(REQUESTS, now);
    this.stores = new Allowance(STORES, now);
  }

  /** Milliseconds there and back, as far as is known. */
  get trip(): number | undefined {
    return this.#trip;
  }

  /** How long to wait for it to acknowledge. */
  get patience(): number {
    if (this.#trip === undefined) return FIRST_PATIENCE;
    return Math.min(Math.max(this.#trip * 1.5 + 4 * this.#deviation, LEAST_PATIENCE), LONGEST_PATIENCE);
  }

  /** 1 when everything sent over it was answered, 0 when nothing was. */
  get conduct(): number {
    return this.#conduct;
  }

  acknowledged(now: Time, trip: number): void {
    const before = this.#trip ?? trip;
    this.#deviation += LATEST_TRIP * (Math.abs(trip - before) - this.#deviation);
    this.#trip = before + LATEST_TRIP * (trip - before);
    this.#suspectUntil = Number.NEGATIVE_INFINITY;
    this.usedAt = now;
  }

  answered(): void {
    this.#conduct += LATEST_CONDUCT * (1 - this.#conduct);
  }

  /** What was sent over it came to nothing, where another way led to an answer, or it never said anything. */
  disappointed(): void {
    this.#conduct -= LATEST_CONDUCT * this.#conduct;
  }

  /** It did not acknowledge. */
  suspect(now: Time): void {
    this.#suspectUntil = now + SUSPICION;
  }

  heard(): void {
    this.#suspectUntil = Number.NEGATIVE_INFINITY;
  }

  isSuspect(now: Time): boolean {
    return now < this.#suspectUntil;
  }
}
