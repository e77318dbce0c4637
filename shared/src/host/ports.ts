import type { Brand } from '../base/brand.ts';
import type { Bytes } from '../base/bytes.ts';
import type { InfoHash, PeerId } from '../base/ids.ts';
import type { Time } from '../base/time.ts';
import type { Signal } from '../wire/signal.ts';
import type { ChosenFile, TrackerState } from './snapshot.ts';

/** The session's own number for a remote peer of one swarm: never reused while the session lives. */
export type PeerKey = Brand<number, 'PeerKey'>;

/** Which of the connections to a peer, from 0. Lane 0 comes first and its loss ends the peer. */
export type Lane = number;

/** A STUN or TURN server, as WebRTC takes it. */
export interface IceServer {
  readonly urls: string | readonly string[];
  readonly username?: string;
  readonly credential?: string;
}

/** How connections are to be found. */
export interface IceConfiguration {
  readonly servers: readonly IceServer[];
  /** `relay`: only through TURN, so that the other side never learns this side's address. */
  readonly policy: 'all' | 'relay';
  /** What is signalled is carried by people: that nobody answers for minutes is no failure. */
  readonly patient?: boolean;
}

/** The way that an open connection takes. */
export interface Route {
  readonly type: 'direct' | 'relayed';
  /** There and back, in milliseconds; nothing where the browser does not tell. */
  readonly roundTrip: Time | undefined;
}

/** The DTLS certificate fingerprints of both ends, read from the applied descriptions: `algorithm ‖ ' ' ‖ hex`. */
export interface Fingerprints {
  readonly local: string;
  readonly remote: string;
}

/** Connections to other browsers. Every call returns at once; what happens comes back through the handler. */
export interface Transport {
  /** Begins a connection. An initiator makes an offer; a responder waits for one through `signal`. */
  open(peer: PeerKey, lane: Lane, role: 'initiator' | 'responder', ice: IceConfiguration): void;
  /** Hands over what the other side signalled. Unknown connections are ignored. */
  signal(peer: PeerKey, lane: Lane, signal: Signal): void;
  /** Sends bytes in order. The buffers are transferred: the caller must not touch them again. */
  send(peer: PeerKey, lane: Lane, frames: readonly Bytes[]): void;
  /** Ends a connection without an event. */
  close(peer: PeerKey, lane: Lane): void;
}

export interface TransportEvents {
  signal(peer: PeerKey, lane: Lane, signal: Signal): void;
  opened(peer: PeerKey, lane: Lane, fingerprints: Fingerprints): void;
  /** Bytes in order; the boundaries mean nothing. */
  frame(peer: PeerKey, lane: Lane, bytes: Bytes): void;
  /** So many more bytes may be sent. Some are granted at `opened`, more as the buffer drains. */
  credit(peer: PeerKey, lane: Lane, bytes: number): void;
  /** Once, soon before or after `opened`. */
  route(peer: PeerKey, lane: Lane, route: Route): void;
  /** Nothing has come over an open connection for some seconds, or something does again. */
  path(peer: PeerKey, lane: Lane, state: 'gone' | 'there'): void;
  closed(peer: PeerKey, lane: Lane, reason: string): void;
}

/** Verified pieces of one share, as ciphertext. A stored key is the bit in the bitfield: there is no other record. */
export interface PieceStore {
  /** The indices of all stored pieces. */
  pieces(): Promise<number[]>;
  /** All of them or none. Resolves when they would survive a crash of the tab. */
  write(pieces: ReadonlyMap<number, Bytes>): Promise<WriteResult>;
  /** Nothing when absent or unreadable: the piece then counts as absent. */
  read(piece: number): Promise<Bytes | undefined>;
  /** Forgets one piece, found to have rotted. */
  forget(piece: number): Promise<void>;
  close(): void;
}

export type WriteResult =
  | { readonly type: 'written' }
  | { readonly type: 'full' }
  | { readonly type: 'failed'; readonly reason: string };

/** What may happen to an open store beneath whoever uses it, who has to open it anew. */
export type StoreLoss =
  /** The browser closed it: what was stored may be gone, or be there. */
  | 'closed'
  /** Another tab has removed what was stored. */
  | 'removed'
  /** Another version of the page has taken it over. */
  | 'superseded';

/** What the browser remembers of a share beside its pieces. Opaque to the storage: the session encodes and parses it. */
export type ShareRecord = unknown;

export interface Storage {
  /** All remembered shares, in no order. */
  records(): Promise<ReadonlyMap<InfoHash, ShareRecord>>;
  save(share: InfoHash, record: ShareRecord): Promise<void>;
  /**
   * @param lost called when the store is lost before it is closed.
   * @throws StorageHeld while another version of the page holds it.
   */
  open(share: InfoHash, lost?: (loss: StoreLoss) => void): Promise<PieceStore>;
  /** Record and pieces, and the space they took. */
  remove(share: InfoHash): Promise<void>;
}

export type AnnounceEvent = 'started' | 'update' | 'completed' | 'stopped';

/** What a peer says of itself to the tracker. */
export interface Announce {
  readonly infoHash: InfoHash;
  readonly peerId: PeerId;
  readonly event: AnnounceEvent;
  readonly seeder: boolean;
  /** HMAC of the peer id under the check key: lets members know each other, and tells the tracker nothing. */
  readonly check: string;
  /** How many members are wanted. */
  readonly wanted: number;
  /** URLs of trackers to ask beside the page's own; told to none of them. */
  readonly trackers?: readonly string[];
}

export interface Member {
  readonly peerId: PeerId;
  readonly check: string;
  readonly seeder: boolean;
}

export type AnnounceResult =
  | {
      readonly type: 'announced';
      readonly members: readonly Member[];
      readonly seeders: number;
      readonly leechers: number;
      /** Milliseconds until the next announce. */
      readonly interval: number;
    }
  /** The id is bound to somebody else's token: take a fresh one. */
  | { readonly type: 'id-taken' }
  | { readonly type: 'refused'; readonly reason: string }
  | { readonly type: 'unreachable' };

/** One way to the others of a swarm, and how it is. */
export type WayIn =
  | {
      readonly type: 'tracker';
      readonly url: string;
      readonly own: boolean;
      readonly state: TrackerState;
    }
  /** Other tabs of the same browser, and how many peers of the swarm they are. */
  | { readonly type: 'tabs'; readonly count: number };

export interface Tracker {
  announce(announce: Announce): Promise<AnnounceResult>;
  /** Relays sealed bytes to another member. Lost silently when that member is gone. */
  signal(infoHash: InfoHash, from: PeerId, to: PeerId, sealed: Bytes): void;
  /** Connects anew, and at once: the network has changed, and what is open may lead nowhere. */
  reconnect(): void;
  /** Of one that is several: the ways into this swarm, the page's own first. */
  ways?(infoHash: InfoHash): readonly WayIn[];
}

/** A tracker that can be let go. */
export type TrackerConnection = Tracker & { close(): void };

export interface TrackerEvents {
  connected(ice: readonly IceServer[]): void;
  /** Fresh servers and credentials, in place of those told before. */
  ice(servers: readonly IceServer[]): void;
  /** Also when connecting has failed. It tries again after so many milliseconds. */
  disconnected(retryIn: number): void;
  signalled(infoHash: InfoHash, to: PeerId, from: PeerId, sealed: Bytes): void;
  /** Of one that is several: what another of them has answered since the announce was. */
  announced(infoHash: InfoHash, peerId: PeerId, result: AnnounceResult): void;
  /** Of one that is several: how a way in is has changed. */
  changed(): void;
}

/** The heavy arithmetic of content, off the session's path. */
export interface Hasher {
  /** SHA-256 of each 16 KiB block, the last one perhaps shorter, one after the other: 32 bytes a block. */
  leaves(data: Bytes): Promise<Bytes>;
  /** AES-256-CTR in place of the share's stream, whose byte `offset` (a multiple of 16) `data` starts at. The same both ways. */
  cipher(key: Bytes, offset: number, data: Bytes): Promise<Bytes>;
  /** The `leaves` of what `cipher` makes of the data, which nobody gets to see. */
  cipherLeaves(key: Bytes, offset: number, data: Bytes): Promise<Bytes>;
}

/** Whole pieces of a share that is being made, one after the other, and where they are read from. */
export interface PieceRun {
  /** The number of the first piece, and how many there are. */
  readonly first: number;
  readonly count: number;
  /** Bytes of the run. */
  readonly bytes: number;
  /** Of the whole stream, and of each of its pieces. */
  readonly length: number;
  readonly pieceLength: number;
  /** Of the content. */
  readonly key: Bytes;
  /** The files with bytes in the run, and how many bytes of the first come before it. */
  readonly files: readonly ChosenFile[];
  readonly skip: number;
}

export type RunResult =
  /** The pieces' hashes, packed. */
  | { readonly type: 'hashed'; readonly hashes: Bytes }
  | { readonly type: 'unreadable'; readonly path: readonly string[]; readonly reason: string }
  | { readonly type: 'failed'; readonly reason: string };

/** Reads, encrypts and hashes what is to be shared, on several cores where there are. */
export interface RunHasher {
  /** How many runs are worth having under way at once. */
  readonly width: number;
  hash(run: PieceRun): Promise<RunResult>;
}

/** Plain bytes of what is shared, read from the person's own files. */
export interface Source {
  readonly size: number;
  /** Rejects when the file cannot be read any more. */
  read(offset: number, length: number): Promise<Bytes>;
}

export interface Clock {
  /** Monotonic. */
  now(): Time;
  /** Calls once at or soon after `time`; returns how to call it off. */
  at(time: Time, call: () => void): () => void;
}
