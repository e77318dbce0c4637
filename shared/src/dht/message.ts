import type { Bytes } from '../base/bytes.ts';
import type { Contact } from './contact.ts';
import type { MutableRecord } from './mutableRecord.ts';
import type { Key, NodeId } from './nodeId.ts';
import type { PathId } from './pathId.ts';
import type { ProviderRecord } from './providerRecord.ts';
import type { Seconds } from './stamp.ts';

/** What is asked of the nodes near the target. */
export type Request =
  /** Who is nearest? */
  | { readonly type: 'find' }
  /** Who provides what is filed there? */
  | { readonly type: 'providers' }
  | { readonly type: 'mutable' }
  /** File this. */
  | { readonly type: 'publish'; readonly record: ProviderRecord }
  | { readonly type: 'put'; readonly record: MutableRecord }
  /** For the node at the target, and nobody else. */
  | { readonly type: 'signal'; readonly sealed: Bytes };

export type Answer =
  /** The nearest to the target that the node is linked with, itself among them. */
  | { readonly type: 'contacts'; readonly contacts: readonly Contact[] }
  | { readonly type: 'providers'; readonly records: readonly ProviderRecord[] }
  | { readonly type: 'mutable'; readonly record: MutableRecord }
  | { readonly type: 'stored' }
  | { readonly type: 'delivered' }
  /** Nobody had what was asked for, or could be reached, on this way. */
  | { readonly type: 'none' }
  /** Not taken: too much was asked over that link. */
  | { readonly type: 'busy' };

export interface Hello {
  readonly type: 'hello';
  readonly publicKey: Bytes;
  /** Over both DTLS fingerprints: see `proveConnection`. */
  readonly signature: Bytes;
  /** What the sender takes for the time. */
  readonly time: Seconds;
}

export interface Forward {
  readonly type: 'forward';
  readonly path: PathId;
  readonly target: Key;
  /** 0 for the way that looks best at each hop; other numbers vary it. Below 256. */
  readonly salt: number;
  /** Steps that may still be taken, this one not counted. */
  readonly left: number;
  readonly request: Request;
}

export interface Reply {
  readonly type: 'reply';
  readonly path: PathId;
  /** Steps that were left in the end. */
  readonly left: number;
  readonly answer: Answer;
}

export interface Back {
  readonly type: 'back';
  readonly path: PathId;
  readonly sealed: Bytes;
}

/** Between the two ends of a link. */
export type DhtMessage =
  | Hello
  | Forward
  /** The forwarded request has arrived and is taken care of. */
  | { readonly type: 'ack'; readonly path: PathId }
  | Reply
  /** For whoever began a path that a signal went: it goes back the same way. */
  | Back
  /** Records that the receiver should hold too, for it is near their keys. */
  | { readonly type: 'replicate'; readonly records: readonly ProviderRecord[] }
  /** Whom the sender is linked with, as far as it concerns the receiver; and with whom no longer. */
  | { readonly type: 'peers'; readonly added: readonly Contact[]; readonly dropped: readonly NodeId[] };

/** What a link brought: `unknown` is of a kind to come. */
export type Received = DhtMessage | { readonly type: 'malformed' } | { readonly type: 'unknown' };
