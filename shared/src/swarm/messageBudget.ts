import { SECOND, type Time } from '../base/time.ts';

/** How many at once, and how many a second in the long run. */
interface Limit {
  readonly burst: number;
  readonly perSecond: number;
}

/**
 * What a peer may say that costs us something and brings us nothing. Honest peers stay far below; what an exchange
 * consists of (pieces asked for, news of pieces, requests that we accept) is bounded by the exchange itself.
 */
const LIMITS = {
  keepAlive: { burst: 100, perSecond: 1 },
  /** Choke and unchoke, interested and not: flapping is tolerated, not without end. */
  changeOfMind: { burst: 200, perSecond: 5 },
  /** A have of what was claimed before. */
  repeatedHave: { burst: 1000, perSecond: 10 },
  /** A have taken back (BEP 54). */
  dontHave: { burst: 1000, perSecond: 10 },
  /** A suggestion costs little, and a seeder names a piece for each that it gives (BEP 6). */
  suggestion: { burst: 500, perSecond: 100 },
  /** Allowed-fast pieces (BEP 6), which we do not use. */
  advice: { burst: 200, perSecond: 2 },
  /** Requests while choked, of pieces we do not have, or beyond the queue: a whole queue may cross a choke. */
  refusedRequest: { burst: 2000, perSecond: 50 },
  /** A cancel may cross the piece it is about. */
  idleCancel: { burst: 2000, perSecond: 50 },
  unrequestedPiece: { burst: 16, perSecond: 0.1 },
  unrequestedReject: { burst: 1000, perSecond: 10 },
  greeting: { burst: 10, perSecond: 0.1 },
  /** Messages of an extension that was not named, and metadata messages of a kind to come. */
  unknownExtension: { burst: 200, perSecond: 2 },
  /** Twice the largest info dictionary. */
  metadataRequest: { burst: 1300, perSecond: 20 },
  unrequestedMetadata: { burst: 200, perSecond: 2 },
  /** Twice the piece layer of the largest content. */
  hashRequest: { burst: 4200, perSecond: 20 },
  /** Each costs the reading and hashing of a whole piece. Beyond that they are rejected. */
  leafRequest: { burst: 8, perSecond: 0.5 },
  unrequestedHashes: { burst: 50, perSecond: 1 },
  /** Descriptions and candidates of further lanes. */
  laneSignal: { burst: 1000, perSecond: 10 },
  /** Whom a peer is connected with. */
  peersTold: { burst: 20, perSecond: 0.2 },
  /** Signals to be passed on, and those that were: each is lost beyond that, and those lost are counted once more. */
  passedSignal: { burst: 1000, perSecond: 20 },
  lostSignal: { burst: 1000, perSecond: 10 },
  /** Messages of the DHT, whose node has limits of its own. */
  overlayMessage: { burst: 2000, perSecond: 200 },
  unknown: { burst: 200, perSecond: 2 },
} satisfies Record<string, Limit>;

/** Each offence is counted for itself. */
export type Expense = keyof typeof LIMITS;

interface Account {
  left: number;
  at: Time;
}

/** What one peer may still cost us: a token bucket for each kind of message. */
export class MessageBudget {
  readonly #accounts = new Map<Expense, Account>();

  /** False when there is nothing left to spend. */
  spend(now: Time, expense: Expense): boolean {
    const { burst, perSecond } = LIMITS[expense];
    const { left, at } = this.#accounts.get(expense) ?? { left: burst, at: now };
    const present = Math.min(burst, left + (Math.max(now - at, 0) / SECOND) * perSecond);
    this.#accounts.set(expense, { left: present >= 1 ? present - 1 : present, at: now });
    return present >= 1;
  }
}
