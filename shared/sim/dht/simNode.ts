import type { PeerId } from '../../src/base/ids.ts';
import { SECOND, type Time } from '../../src/base/time.ts';
import type { Contact } from '../../src/dht/contact.ts';
import type { Identity } from '../../src/dht/identity.ts';
import { type DhtInput, type DhtOutput, type Operation, operation } from '../../src/dht/io.ts';
import { type LinkKey, linkKey, type Purpose } from '../../src/dht/link.ts';
import type { DhtMessage } from '../../src/dht/message.ts';
import { DhtNode } from '../../src/dht/node.ts';
import type { ShareAddress } from '../../src/dht/shareAddress.ts';
import { Dialling } from './dialling.ts';
import type { Outcome, SimLine, SimPage, Surroundings } from './surroundings.ts';

/** Silence after which a connection's other end counts as gone: that is the wire's to notice, by its keep-alives. */
export const SILENCE = 30 * SECOND;

/** A simulated page with a production node in it: performs its outputs. */
export class SimNode implements SimPage {
  readonly network: Surroundings;
  readonly number: number;
  readonly node: DhtNode;
  readonly lines = new Map<LinkKey, SimLine>();
  readonly dialling: Dialling;
  readonly #outcomes = new Map<Operation, Outcome>();
  #operations = 0;
  #keys = 0;
  #wakeAt: Time = Number.POSITIVE_INFINITY;
  #present = true;

  constructor(network: Surroundings, number: number, identity: Identity) {
    this.network = network;
    this.number = number;
    const random = network.world.random.fork();
    const wall = () => network.wall;
    this.node = new DhtNode({ identity, crypto: network.crypto, random, wall });
    this.dialling = new Dialling(this);
  }

  get contact(): Contact {
    const { id, publicKey } = this.node.self;
    return { id, publicKey };
  }

  get present(): boolean {
    return this.#present;
  }

  get fingerprint(): string {
    return `sha-256 ${this.number}`;
  }

  newKey(): LinkKey {
    return linkKey(++this.#keys);
  }

  step(input: DhtInput): void {
    if (!this.#present) return;
    for (const output of this.node.step(this.network.world.now, input)) this.#perform(output);
    this.#schedule();
  }

  lookUp(address: ShareAddress, outcome: Outcome): void {
    this.step({ type: 'lookUp', operation: this.operation(outcome), address });
  }

  provide(address: ShareAddress, peerId: PeerId): void {
    this.step({ type: 'provide', address, peerId });
  }

  operation(outcome: Outcome): Operation {
    const number = operation(++this.#operations);
    this.#outcomes.set(number, outcome);
    return number;
  }

  opened(key: LinkKey, line: SimLine, role: 'initiator' | 'responder', purpose: Purpose = 'link'): void {
    this.lines.set(key, line);
    const fingerprints = { local: this.fingerprint, remote: line.other.fingerprint };
    this.step({ type: 'opened', link: key, purpose, connection: { role, fingerprints } });
  }

  /** A message has come over a connection. */
  received(key: LinkKey, message: DhtMessage): void {
    if (this.lines.has(key)) this.step({ type: 'received', link: key, message });
  }

  closed(key: LinkKey): void {
    if (this.lines.delete(key)) this.step({ type: 'closed', link: key });
  }

  send(key: LinkKey, message: DhtMessage): void {
    const line = this.lines.get(key);
    if (line !== undefined) this.network.carry(this, line, message);
  }

  /** Closes the page: the others are told. */
  leave(): void {
    for (const key of [...this.lines.keys()]) this.#close(key);
    this.#present = false;
    this.network.left(this);
  }

  /** Is gone without a word: the others notice by its silence. */
  vanish(): void {
    this.#present = false;
    for (const { other, theirs } of this.lines.values())
      this.network.world.after(SILENCE, () => other.closed(theirs));
    this.network.left(this);
  }

  #perform(output: DhtOutput): void {
    switch (output.type) {
      case 'send':
        return this.send(output.link, output.message);
      case 'connect':
        return this.dialling.dial(output.contact);
      case 'close':
        return this.#close(output.link);
      case 'lonely':
        return this.network.introduce(this);
      case 'signalled':
        return this.dialling.signalled(output.from, output.payload);
      case 'provider':
        return this.#outcomes.get(output.operation)?.provider?.(output.provider, output.steps);
      case 'record':
        return this.#outcomes.get(output.operation)?.record?.(output.record.sequence);
      case 'ended':
        this.#outcomes.get(output.operation)?.ended?.(output.ending);
        this.#outcomes.delete(output.operation);
    }
  }

  #close(key: LinkKey): void {
    const line = this.lines.get(key);
    if (line === undefined) return;
    this.lines.delete(key);
    this.network.world.after(line.latency, () => line.other.closed(line.theirs));
  }

  #schedule(): void {
    const { wakeAt } = this.node;
    if (wakeAt >= this.#wakeAt) return;
    this.#wakeAt = wakeAt;
    this.network.world.at(wakeAt, () => this.#wake(wakeAt));
  }

  /** Of several that were scheduled only the soonest counts. */
  #wake(at: Time): void {
    if (this.#wakeAt !== at) return;
    this.#wakeAt = Number.POSITIVE_INFINITY;
    if (this.node.wakeAt <= this.network.world.now) this.step({ type: 'tick' });
    else this.#schedule();
  }
}
