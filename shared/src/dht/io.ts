import type { Brand } from '../base/brand.ts';
import type { Bytes } from '../base/bytes.ts';
import type { PeerId } from '../base/ids.ts';
import type { ProvenConnection } from './connectionProof.ts';
import type { Contact } from './contact.ts';
import type { LinkKey, Purpose } from './link.ts';
import type { DialReason } from './linkPolicy.ts';
import type { DhtMessage, Received } from './message.ts';
import type { MutableRecord } from './mutableRecord.ts';
import type { Key, NodeId } from './nodeId.ts';
import type { Provider, ShareAddress } from './shareAddress.ts';

/** The host's number for something it asked for: results carry it. */
export type Operation = Brand<number, 'DhtOperation'>;

export function operation(number: number): Operation {
  return number as Operation;
}

/** With whom a node makes links: with everybody, or with whom it is connected anyway. */
export type Company = 'anybody' | 'swarm-members';

/** What happens to a node. */
export type DhtInput =
  | { readonly type: 'tick' }
  /** A connection to somebody who speaks the DHT's extension is open. */
  | {
      readonly type: 'opened';
      readonly link: LinkKey;
      readonly purpose: Purpose;
      readonly connection: ProvenConnection;
    }
  | { readonly type: 'received'; readonly link: LinkKey; readonly message: Received }
  | { readonly type: 'closed'; readonly link: LinkKey }
  /** What `connect` asked for could not be had; `declined`: they have no room. */
  | { readonly type: 'connectFailed'; readonly node: NodeId; readonly result: 'failed' | 'declined' }
  /** Contacts learned elsewhere. */
  | { readonly type: 'introduced'; readonly contacts: readonly Contact[] }
  | { readonly type: 'company'; readonly company: Company }
  /** Everything may have changed while the machine slept. */
  | { readonly type: 'woke' }
  /** Says, until it is withdrawn, that we provide a share. */
  | { readonly type: 'provide'; readonly address: ShareAddress; readonly peerId: PeerId }
  | { readonly type: 'withdraw'; readonly key: Key }
  /** Looks for who provides a share. */
  | { readonly type: 'lookUp'; readonly operation: Operation; readonly address: ShareAddress }
  | { readonly type: 'put'; readonly operation: Operation; readonly record: MutableRecord }
  | { readonly type: 'get'; readonly operation: Operation; readonly key: Key }
  /** Tells another node something, through those in between: at most MAX_PAYLOAD bytes. */
  | {
      readonly type: 'signal';
      readonly operation: Operation;
      readonly to: Contact;
      readonly payload: Bytes;
    };

/** How a look-up ended. */
export type Ending =
  /** With what was looked for: found, stored or delivered. */
  | 'answered'
  /** Everybody asked said that there is none, or could not go on. */
  | 'unanswered'
  | 'timed-out'
  /** There is no link to ask over. */
  | 'isolated';

export type CloseReason =
  | 'unproven'
  | 'proof-timeout'
  | 'own-id'
  | 'duplicate'
  | 'malformed'
  | 'flood'
  | 'no-room'
  | 'no-strangers'
  | 'misconduct'
  | 'spare';

/** What a node wants done. */
export type DhtOutput =
  | { readonly type: 'send'; readonly link: LinkKey; readonly message: DhtMessage }
  /** Dial, by input `signal`: the answer is input `opened` or `connectFailed`. */
  | { readonly type: 'connect'; readonly contact: Contact; readonly reason: DialReason }
  /** Of a swarm's connection, only when its other end misbehaves. */
  | { readonly type: 'close'; readonly link: LinkKey; readonly reason: CloseReason }
  /** Few are linked with us, and no more can be found: another first contact would help. Said again while it is so. */
  | { readonly type: 'lonely' }
  | { readonly type: 'signalled'; readonly from: Contact; readonly payload: Bytes }
  /** Verified: signed by the node it names. Each once an operation. */
  | {
      readonly type: 'provider';
      readonly operation: Operation;
      readonly provider: Provider;
      /** Steps taken to whoever knew. */
      readonly steps: number;
    }
  /** The one of the highest sequence among those that came back. */
  | { readonly type: 'record'; readonly operation: Operation; readonly record: MutableRecord }
  | { readonly type: 'ended'; readonly operation: Operation; readonly ending: Ending };
