import type { Random } from '../base/random.ts';
import type { Time } from '../base/time.ts';
import type { DhtCrypto, Identity } from './identity.ts';
import type { DhtOutput } from './io.ts';
import type { LinkTable } from './linkTable.ts';
import type { SizeEstimate } from './sizeEstimate.ts';
import type { Seconds } from './stamp.ts';

/** What the parts of a node may ask of it. */
export interface DhtContext {
  readonly self: Identity;
  /** The first 32 bits of our id. */
  readonly head: number;
  readonly crypto: DhtCrypto;
  readonly random: Random;
  readonly links: LinkTable;
  readonly size: SizeEstimate;
  /** The time of the input at hand. */
  readonly now: Time;
  /** What the network takes for the time. */
  readonly seconds: Seconds;
  readonly emit: (output: DhtOutput) => void;
}
