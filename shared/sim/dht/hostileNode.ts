import { pick } from '../../src/base/random.ts';
import type { Identity } from '../../src/dht/identity.ts';
import type { LinkKey } from '../../src/dht/link.ts';
import type { Answer, DhtMessage, Forward, Request } from '../../src/dht/message.ts';
import type { ProviderRecord } from '../../src/dht/providerRecord.ts';
import type { DhtNetwork, NodeMaker } from './dhtNetwork.ts';
import { SimNode } from './simNode.ts';

/** What an attacker does with what it should send on. */
export type Malice =
  /** Acknowledges it, and no more. */
  | 'drop'
  /** Sends it somewhere else. */
  | 'misroute'
  /** Says that there is nothing, or something forged. */
  | 'lie';

const KINDS: readonly Malice[] = ['drop', 'misroute', 'lie'];
/** What is told of records only: who lies about these alone is a good neighbour in all else. */
const RECORDS: ReadonlySet<Request['type']> = new Set(['providers', 'publish', 'mutable', 'put']);

/** Joins and keeps its links as an honest node does, and spoils what passes through it. */
export class HostileNode extends SimNode {
  readonly #others: ReadonlySet<SimNode>;
  readonly #malice: Malice;
  readonly #recordsOnly: boolean;

  constructor(network: DhtNetwork, number: number, identity: Identity, malice: Malice, recordsOnly: boolean) {
    super(network, number, identity);
    this.#others = network.nodes;
    this.#malice = malice;
    this.#recordsOnly = recordsOnly;
  }

  override received(key: LinkKey, message: DhtMessage): void {
    const spoilt = message.type === 'forward' && (!this.#recordsOnly || RECORDS.has(message.request.type));
    if (spoilt && this.lines.has(key)) this.#spoil(key, message);
    else if (message.type !== 'replicate') super.received(key, message);
  }

  #spoil(key: LinkKey, message: Forward): void {
    const { path, left } = message;
    if (this.#malice === 'lie')
      return this.send(key, { type: 'reply', path, left, answer: this.#lie(message) });
    this.send(key, { type: 'ack', path });
    const elsewhere = pick(this.network.world.random, [...this.lines.keys()]);
    if (this.#malice === 'misroute' && elsewhere !== undefined) this.send(elsewhere, message);
  }

  #lie({ target, request }: Forward): Answer {
    switch (request.type) {
      case 'find':
        return { type: 'contacts', contacts: this.#accomplices() };
      case 'publish':
      case 'put':
        return { type: 'stored' };
      case 'signal':
        return { type: 'delivered' };
      case 'mutable':
        return { type: 'none' };
      case 'providers': {
        const { random } = this.network.world;
        const forged: ProviderRecord = {
          key: target,
          author: random.bytes(32),
          issued: Math.floor(this.network.wall / 1000),
          body: random.bytes(144),
          signature: random.bytes(64),
        };
        return random.next() < 0.5 ? { type: 'none' } : { type: 'providers', records: [forged] };
      }
    }
  }

  #accomplices() {
    const all = [...this.#others].filter((node) => node instanceof HostileNode);
    const { random } = this.network.world;
    return Array.from({ length: 8 }, () => pick(random, all)?.contact ?? this.contact);
  }
}

/** Makes attackers of all kinds by turns. */
export function hostile(recordsOnly = false): NodeMaker {
  return (network, number, identity) => {
    const malice = KINDS[number % KINDS.length] ?? 'drop';
    return new HostileNode(network, number, identity, malice, recordsOnly);
  };
}
