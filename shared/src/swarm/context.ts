import type { Allocate } from '../base/bytes.ts';
import type { Crypto } from '../base/crypto.ts';
import type { InfoHash, PeerId } from '../base/ids.ts';
import type { Random } from '../base/random.ts';
import type { RateMeter } from '../base/rateMeter.ts';
import type { Time } from '../base/time.ts';
import type { TokenBucket } from '../base/tokenBucket.ts';
import type { MemberKeys } from '../content/keys.ts';
import type { DropReason } from './dropReason.ts';
import type { Operation, SwarmOutput } from './io.ts';
import type { Peer } from './peer.ts';
import type { Policies } from './policies.ts';

/** The page's connections have one owner; every swarm asks it for each connection and gives each one back. */
export interface ConnectionBudget {
  take(): boolean;
  giveBack(): void;
}

/** What the parts of a swarm may ask of it. */
export interface SwarmContext {
  readonly infoHash: InfoHash;
  readonly peerId: PeerId;
  readonly keys: MemberKeys;
  readonly crypto: Crypto;
  readonly random: Random;
  readonly budget: ConnectionBudget;
  readonly upload: TokenBucket;
  /** Room for pieces, and for messages that carry parts of them. */
  readonly allocate: Allocate;
  readonly policies: Policies;
  /** How many lanes there may be to one peer: 1 where the Transport has no more. */
  readonly mostLanes: number;
  /** Piece bytes from all peers, and to them. */
  readonly received: RateMeter;
  readonly sent: RateMeter;
  /** Those admitted, in no order. */
  readonly peers: ReadonlyMap<PeerId, Peer>;
  /** We have everything. */
  readonly seeding: boolean;
  /** We have nothing. */
  readonly empty: boolean;
  /** Bytes of the content, once known. */
  readonly size: number | undefined;
  /** The time of the input at hand. */
  readonly now: Time;
  emit(output: SwarmOutput): void;
  operation(): Operation;
  /** Ends the connection, admitted or not yet; the peer may come again. */
  drop(peer: PeerId, reason: DropReason): void;
  /** Ends the connection, if there is one, for good. */
  ban(peer: PeerId, reason: DropReason): void;
}
