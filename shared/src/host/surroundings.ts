import type { Crypto } from '../base/crypto.ts';
import type { PeerId } from '../base/ids.ts';
import type { Random } from '../base/random.ts';
import type { TokenBucket } from '../base/tokenBucket.ts';
import type { ConnectionBudget } from '../swarm/context.ts';
import type { Lane, SwarmInput } from '../swarm/io.ts';
import type { PieceCache } from './pieceCache.ts';
import type { PeerDirectory } from './peerDirectory.ts';
import type { Clock, Hasher, IceConfiguration, Tracker, Transport } from './ports.ts';

/** Whose a connection is: takes what the Transport reports of it. */
export interface ConnectionOwner {
  feed(input: SwarmInput): void;
  routeFound(peer: PeerId, route: 'direct' | 'relayed'): void;
  connectionClosed(peer: PeerId, lane: Lane): void;
}

/** A connection, as the Transport's events find their way back. */
export interface Connection {
  readonly owner: ConnectionOwner;
  readonly peer: PeerId;
}

/** What is shared by everything in one session. */
export interface Surroundings {
  readonly crypto: Crypto;
  readonly random: Random;
  readonly clock: Clock;
  readonly hasher: Hasher;
  /** Pieces in memory. */
  readonly cache: PieceCache;
  readonly transport: Transport;
  readonly tracker: Tracker;
  readonly budget: ConnectionBudget;
  readonly upload: TokenBucket;
  readonly directory: PeerDirectory<Connection>;
  /** STUN and TURN servers, as the trackers have told. */
  ice(): IceConfiguration;
}
