import type { Bytes } from '../base/bytes.ts';
import type { Crypto } from '../base/crypto.ts';
import type { Random } from '../base/random.ts';
import type { TokenBucket } from '../base/tokenBucket.ts';
import type { Lane } from '../swarm/io.ts';
import type { Signal } from '../wire/signal.ts';
import type { SessionBudget } from './connectionBudget.ts';
import type { MemberOverlay } from './overlayMember.ts';
import type { PieceCache } from './pieceCache.ts';
import type { PeerDirectory } from './peerDirectory.ts';
import type { Clock, Fingerprints, Hasher, IceConfiguration, Route, Tracker, Transport } from './ports.ts';

/** Whose a connection is: takes what the Transport reports of it. */
export interface ConnectionOwner {
  /** Our side has something to tell the other. */
  signalled(lane: Lane, signal: Signal): void;
  opened(lane: Lane, fingerprints: Fingerprints): void;
  received(lane: Lane, bytes: Bytes): void;
  credited(lane: Lane, bytes: number): void;
  routeFound(route: Route): void;
  /** Nothing has come for some seconds, or something does again. */
  pathIs(lane: Lane, state: 'gone' | 'there'): void;
  closed(lane: Lane): void;
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
  readonly budget: SessionBudget;
  readonly overlay: MemberOverlay & {
    /** A peer was met. */
    met(): void;
    /** There is no other way to meet anybody. */
    need(): void;
  };
  readonly upload: TokenBucket;
  readonly directory: PeerDirectory<ConnectionOwner>;
  /** STUN and TURN servers, as the trackers have told. */
  ice(): IceConfiguration;
}
