import type { Random } from '@shoal/shared/base/random.ts';
import { MINUTE, SECOND, type Time } from '@shoal/shared/base/time.ts';
import { Allowance, type AllowanceRule } from '@shoal/shared/tracker/allowance.ts';
import { CONNECTION_MESSAGES } from '@shoal/shared/tracker/limit.ts';
import type { Address } from './address.ts';
import { Places } from './places.ts';

export interface DoorLimits {
  /** Clients at a time. */
  readonly clients: number;
  /** New connections of one address. */
  readonly arrivals: AllowanceRule;
  /** WebSocket messages of one connection, as clients are told in the protocol. */
  readonly messages: AllowanceRule;
  /** WebSocket messages of all connections of one address. */
  readonly addressMessages: AllowanceRule;
  /** Messages refused before the connection is ended. */
  readonly patience: number;
}

/** What a newcomer is told. Whoever comes from where a flood came lately waits a while first. */
export type Admission =
  | { readonly type: 'admitted'; readonly delay: number }
  | { readonly type: 'refused'; readonly reason: 'full' | 'address-full' | 'address-rate' };

/** `refused` is answered so and otherwise ignored; `flood` ends the connection. */
export type Verdict = 'taken' | 'refused' | 'flood';

const LIMITS: DoorLimits = {
  clients: 10_000,
  arrivals: { rate: 50, burst: 3000 },
  messages: CONNECTION_MESSAGES,
  addressMessages: { rate: 5000, burst: 20_000 },
  patience: 50,
};
/** From here to twice as long. Who were cut together would else be back together, again and again. */
const WAIT_AFTER_FLOOD = 3 * SECOND;
const FLOOD_REMEMBERED = MINUTE;

interface Household {
  readonly arrivals: Allowance;
  readonly messages: Allowance;
  flooded: Time;
}

/** Who may come in, how many at a time, and how much each may say. All by the address that a client comes from. */
export class Doorkeeper {
  readonly #now: () => Time;
  readonly #random: Random;
  readonly #limits: DoorLimits;
  readonly #places: Places;
  readonly #households = new Map<Address, Household>();

  constructor(now: () => Time, random: Random, limits: Partial<DoorLimits> = {}) {
    this.#now = now;
    this.#random = random;
    this.#limits = { ...LIMITS, ...limits };
    this.#places = new Places(this.#limits.clients);
  }

  get clients(): number {
    return this.#places.total;
  }

  /** Addresses that something is remembered of. */
  get addresses(): number {
    return this.#households.size;
  }

  /** To be asked once for each newcomer, who has no place yet. */
  admit(address: Address): Admission {
    const now = this.#now();
    const judged = this.#places.judge(address);
    if (judged !== 'free') return { type: 'refused', reason: judged === 'full' ? 'full' : 'address-full' };
    const household = this.#household(address);
    if (!household.arrivals.take(now)) return { type: 'refused', reason: 'address-rate' };
    const flooded = now - household.flooded < FLOOD_REMEMBERED;
    return { type: 'admitted', delay: flooded ? WAIT_AFTER_FLOOD * (1 + this.#random.next()) : 0 };
  }

  /** Takes a place, until the visitor leaves. */
  enter(address: Address): Visitor {
    this.#places.take(address);
    const household = this.#household(address);
    return new Visitor({
      now: this.#now,
      limits: this.#limits,
      messages: household.messages,
      flooded: (now) => (household.flooded = now),
      left: () => this.#places.leave(address),
    });
  }

  /** Forgets addresses of which there is nothing to remember. To be called every few seconds. */
  expire(): void {
    const now = this.#now();
    for (const [address, { arrivals, messages, flooded }] of this.#households) {
      const quiet = now - flooded >= FLOOD_REMEMBERED && arrivals.isFull(now) && messages.isFull(now);
      if (quiet && this.#places.of(address) === 0) this.#households.delete(address);
    }
  }

  #household(address: Address): Household {
    const known = this.#households.get(address);
    if (known !== undefined) return known;
    const now = this.#now();
    const household = {
      arrivals: new Allowance(this.#limits.arrivals, now),
      messages: new Allowance(this.#limits.addressMessages, now),
      flooded: Number.NEGATIVE_INFINITY,
    };
    this.#households.set(address, household);
    return household;
  }
}

interface VisitorWorld {
  readonly now: () => Time;
  readonly limits: DoorLimits;
  readonly messages: Allowance;
  flooded(now: Time): void;
  left(): void;
}

/** One connection. */
export class Visitor {
  readonly #world: VisitorWorld;
  readonly #messages: Allowance;
  #refused = 0;
  #verdict: Verdict = 'taken';
  #gone = false;

  constructor(world: VisitorWorld) {
    this.#world = world;
    this.#messages = new Allowance(world.limits.messages, world.now());
  }

  /** About the latest message. */
  get verdict(): Verdict {
    return this.#verdict;
  }

  /** To be called for each message, whatever is in it. */
  message(): Verdict {
    const now = this.#world.now();
    const taken = this.#messages.take(now) && this.#world.messages.take(now);
    this.#verdict = taken ? 'taken' : this.#refuse(now);
    return this.#verdict;
  }

  leave(): void {
    if (!this.#gone) this.#world.left();
    this.#gone = true;
  }

  #refuse(now: Time): Verdict {
    this.#refused++;
    if (this.#refused <= this.#world.limits.patience) return 'refused';
    this.#world.flooded(now);
    return 'flood';
  }
}
