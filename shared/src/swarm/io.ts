import type { Brand } from '../base/brand.ts';
import type { Bytes } from '../base/bytes.ts';
import type { PeerId } from '../base/ids.ts';
import type { Time } from '../base/time.ts';
import type { PieceIndex } from '../content/layout.ts';
import type { Metainfo } from '../content/metainfo.ts';
import type { PieceLayer } from '../content/merkle.ts';
import type { Signal } from '../wire/signal.ts';
import type { DropReason } from './dropReason.ts';
import type { Relay } from './way.ts';

/** Which of the connections to a peer, from 0. */
export type Lane = number;

/** Names one asynchronous piece of work; a late result for an ended one is dropped. */
export type Operation = Brand<number, 'Operation'>;

export function operation(number: number): Operation {
  return number as Operation;
}

/** A peer as the tracker, or the overlay, tells of it. */
export interface Introduced {
  readonly peerId: PeerId;
  /** HMAC of the id under the check key, base64url: who cannot make it is never dialled. */
  readonly check: string;
}

/** What happens to a swarm. */
export type SwarmInput =
  | { readonly type: 'tick' }
  /** The machine has slept, perhaps: everybody may be gone, and nobody is to blame. Harmless when it has not. */
  | { readonly type: 'woke' }
  /** We may have another address: whatever is open may lead nowhere. Harmless when it does not. */
  | { readonly type: 'networkChanged' }
  /** The connection to the tracker has been made, or made anew. */
  | { readonly type: 'trackerConnected' }
  /** By the tracker, unless it is said by whom. */
  | { readonly type: 'introduced'; readonly members: readonly Introduced[]; readonly by?: Relay }
  /** Passed on by the tracker, unless it is said by whom. */
  | { readonly type: 'sealedSignal'; readonly from: PeerId; readonly sealed: Bytes; readonly by?: Relay }
  /** Whether the tracker passes signals on, as far as is known. It does as long as nothing is said. */
  | { readonly type: 'tracker'; readonly reachable: boolean }
  /** Whether we speak the DHT's extension. Not as long as nothing is said. */
  | { readonly type: 'overlay'; readonly on: boolean }
  /** A message of the DHT to a peer, with whom it is open. */
  | { readonly type: 'overlayMessage'; readonly peer: PeerId; readonly payload: Bytes }
  | { readonly type: 'localSignal'; readonly peer: PeerId; readonly lane: Lane; readonly signal: Signal }
  | {
      readonly type: 'opened';
      readonly peer: PeerId;
      readonly lane: Lane;
      /** DTLS certificate fingerprints, read from the applied descriptions. */
      readonly fingerprints: { readonly local: string; readonly remote: string };
    }
  | { readonly type: 'received'; readonly peer: PeerId; readonly lane: Lane; readonly bytes: Bytes }
  | { readonly type: 'credit'; readonly peer: PeerId; readonly lane: Lane; readonly bytes: number }
  /** Nothing comes over a connection as far as the Transport can see, or something does again. */
  | {
      readonly type: 'path';
      readonly peer: PeerId;
      readonly lane: Lane;
      readonly state: 'gone' | 'there';
    }
  /** How long the way to a peer and back takes, in milliseconds, as far as the Transport can see. Perhaps before `opened`. */
  | { readonly type: 'reached'; readonly peer: PeerId; readonly roundTrip: Time }
  | { readonly type: 'closed'; readonly peer: PeerId; readonly lane: Lane }
  /** With the piece's packed leaf hashes, where they are at hand: else those of a bad piece are computed here. */
  | {
      readonly type: 'verified';
      readonly operation: Operation;
      readonly good: boolean;
      readonly leaves?: Bytes | undefined;
    }
  | { readonly type: 'stored'; readonly operation: Operation; readonly result: 'stored' | 'full' | 'failed' }
  /** The bytes asked for, perhaps a view of a larger buffer; nothing when the piece turned out to be lost or rotten. */
  | { readonly type: 'read'; readonly operation: Operation; readonly bytes: Bytes | undefined }
  /** Packed, one a block; nothing when the piece turned out to be lost or rotten. */
  | { readonly type: 'leavesHashed'; readonly operation: Operation; readonly leaves: Bytes | undefined }
  /** Pieces the person can do without, and no others: instead of what was said before. */
  | { readonly type: 'leaveOut'; readonly pieces: ReadonlySet<number> }
  /** The person wants the content. */
  | { readonly type: 'download' };

/** What a swarm wants done. */
export type SwarmOutput =
  | {
      readonly type: 'open';
      readonly peer: PeerId;
      readonly lane: Lane;
      readonly role: 'initiator' | 'responder';
    }
  | { readonly type: 'signal'; readonly peer: PeerId; readonly lane: Lane; readonly signal: Signal }
  /** The frames are the receiver's to keep. */
  | { readonly type: 'send'; readonly peer: PeerId; readonly lane: Lane; readonly frames: readonly Bytes[] }
  | { readonly type: 'close'; readonly peer: PeerId; readonly lane: Lane }
  | { readonly type: 'relay'; readonly to: PeerId; readonly sealed: Bytes; readonly by: Relay }
  /** Both ends of the connection to a peer speak the DHT's extension, or not any more: then one has taken it back. */
  | { readonly type: 'overlayOpened' | 'overlayClosed'; readonly peer: PeerId }
  | { readonly type: 'overlayReceived'; readonly peer: PeerId; readonly payload: Bytes }
  /** Check a piece against the verifier. The bytes stay readable by the swarm until the answer. */
  | {
      readonly type: 'verify';
      readonly operation: Operation;
      readonly piece: PieceIndex;
      readonly bytes: Bytes;
    }
  | {
      readonly type: 'store';
      readonly operation: Operation;
      readonly piece: PieceIndex;
      readonly bytes: Bytes;
    }
  | {
      readonly type: 'read';
      readonly operation: Operation;
      readonly piece: PieceIndex;
      readonly begin: number;
      readonly length: number;
    }
  /** Hash the blocks of a stored piece: somebody has to settle who sent what. */
  | { readonly type: 'hashLeaves'; readonly operation: Operation; readonly piece: PieceIndex }
  /** We ended the connection, or the attempt, and why. `banned`: for good. Told for logs and tests; `close` does it. */
  | {
      readonly type: 'dropped';
      readonly peer: PeerId;
      readonly reason: DropReason;
      readonly banned: boolean;
    }
  | { readonly type: 'metainfo'; readonly metainfo: Metainfo }
  | { readonly type: 'pieceLayer'; readonly layer: PieceLayer }
  /** A piece is verified and stored. */
  | { readonly type: 'had'; readonly piece: PieceIndex }
  /** A stored piece turned out to be gone or rotten; it will be fetched again. */
  | { readonly type: 'lost'; readonly piece: PieceIndex }
  /** Every piece that is wanted is here. */
  | { readonly type: 'completed' }
  /** Of those introduced, nobody holds our membership key: it is wrong, or somebody is playing tricks. */
  | { readonly type: 'strangersOnly' }
  | { readonly type: 'membersFound' }
  | { readonly type: 'metainfoInvalid'; readonly reason: string }
  /** Storing does not work: downloading has stopped for good in this swarm object. */
  | { readonly type: 'storageStopped'; readonly result: 'full' | 'failed' };
