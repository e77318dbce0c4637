import type { Contact } from '../../src/dht/contact.ts';
import type { DhtCrypto } from '../../src/dht/identity.ts';
import type { DhtInput, Ending, Operation } from '../../src/dht/io.ts';
import type { LinkKey, Purpose } from '../../src/dht/link.ts';
import type { DhtMessage } from '../../src/dht/message.ts';
import type { DhtNode } from '../../src/dht/node.ts';
import type { NodeId } from '../../src/dht/nodeId.ts';
import type { Provider } from '../../src/dht/shareAddress.ts';
import type { World } from '../world.ts';

/** One end of an open connection, as the other one sees it. */
export interface SimLine {
  readonly other: SimPage;
  /** The other end's number for it. */
  readonly theirs: LinkKey;
  /** Milliseconds one way. */
  readonly latency: number;
}

/** What came of an operation. */
export interface Outcome {
  provider?(provider: Provider, steps: number): void;
  record?(sequence: number): void;
  ended?(ending: Ending): void;
}

/** A simulated page, as others and its own parts see it. */
export interface SimPage {
  readonly number: number;
  readonly node: DhtNode;
  readonly network: Surroundings;
  readonly contact: Contact;
  readonly fingerprint: string;
  readonly present: boolean;
  readonly lines: ReadonlyMap<LinkKey, SimLine>;
  newKey(): LinkKey;
  step(input: DhtInput): void;
  operation(outcome: Outcome): Operation;
  opened(key: LinkKey, line: SimLine, role: 'initiator' | 'responder', purpose?: Purpose): void;
  /** A message has come over a connection. */
  received(key: LinkKey, message: DhtMessage): void;
  closed(key: LinkKey): void;
}

/** The world around a page. */
export interface Surroundings {
  readonly world: World;
  readonly crypto: DhtCrypto;
  /** Milliseconds since 1970. */
  readonly wall: number;
  find(id: NodeId): SimPage | undefined;
  latency(a: SimPage, b: SimPage): number;
  canConnect(a: SimPage, b: SimPage): boolean;
  /** Opens a connection; false when one of them is gone. */
  join(initiator: SimPage, responder: SimPage): boolean;
  carry(from: SimPage, line: SimLine, message: DhtMessage): void;
  /** Finds another first contact for a lonely one, as a tracker would. */
  introduce(page: SimPage): void;
  /** It is gone. */
  left(page: SimPage): void;
}
