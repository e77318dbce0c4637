import type { Random } from '../base/random.ts';
import { SECOND, type Time } from '../base/time.ts';
import { Admissions } from './admissions.ts';
import type { ProvenConnection } from './connectionProof.ts';
import type { Contact } from './contact.ts';
import type { DhtContext } from './context.ts';
import { headOf } from './distance.ts';
import type { DhtCrypto, Identity } from './identity.ts';
import type { CloseReason, DhtInput, DhtOutput } from './io.ts';
import { Keeping } from './keeping.ts';
import type { Link, LinkKey } from './link.ts';
import { LinkTable } from './linkTable.ts';
import { Lookups } from './lookups.ts';
import { Maintenance } from './maintenance.ts';
import type { Hello, Received } from './message.ts';
import { NetworkTime } from './networkTime.ts';
import { Errands } from './errands.ts';
import type { Key } from './nodeId.ts';
import type { ProviderRecord } from './providerRecord.ts';
import { Publisher } from './publisher.ts';
import { Router } from './router.ts';
import { Service } from './service.ts';
import { SizeEstimate } from './sizeEstimate.ts';
import type { Seconds } from './stamp.ts';
import { Telling } from './telling.ts';

/** What a node is made of, and given. */
export interface DhtOptions {
  readonly identity: Identity;
  readonly crypto: DhtCrypto;
  readonly random: Random;
  /** Milliseconds since 1970, by the clock on the wall. It may be wrong. */
  readonly wall: () => number;
}

const UPKEEP = 20 * SECOND;

/** A node of the DHT, without IO: inputs and the time go in, outputs come out. See io.ts. */
export class DhtNode implements DhtContext {
  readonly self: Identity;
  readonly head: number;
  readonly crypto: DhtCrypto;
  readonly random: Random;
  readonly links = new LinkTable();
  readonly size = new SizeEstimate();
  readonly #time: NetworkTime;
  readonly #admissions: Admissions;
  readonly #service: Service;
  readonly #router: Router;
  readonly #lookups: Lookups;
  readonly #maintenance: Maintenance;
  readonly #keeping: Keeping;
  readonly #telling: Telling;
  readonly #publisher: Publisher;
  readonly #errands: Errands;
  #now: Time = 0;
  #upkeepAt: Time = Number.POSITIVE_INFINITY;
  #outputs: DhtOutput[] = [];

  constructor({ identity, crypto, random, wall }: DhtOptions) {
    this.self = identity;
    this.head = headOf(identity.id);
    this.crypto = crypto;
    this.random = random;
    this.#time = new NetworkTime(wall);
    this.#admissions = new Admissions(this);
    this.#service = new Service(this);
    this.#router = new Router(this, this.#service);
    this.#lookups = new Lookups(this, this.#router);
    this.#maintenance = new Maintenance(this, this.#lookups);
    this.#keeping = new Keeping(this);
    this.#telling = new Telling(this);
    this.#publisher = new Publisher(this, this.#lookups);
    this.#errands = new Errands(this, this.#lookups, this.#service, {
      sendBack: (path, sealed) => this.#router.sendBack(path, sealed),
      teller: (id) => this.#maintenance.known.teller(id),
    });
  }

  get now(): Time {
    return this.#now;
  }

  get seconds(): Seconds {
    return this.#time.seconds;
  }

  /** When the next tick is due. */
  get wakeAt(): Time {
    return Math.min(
      this.#admissions.wakeAt,
      this.#router.wakeAt,
      this.#lookups.wakeAt,
      this.#maintenance.wakeAt,
      this.#telling.wakeAt,
      this.#publisher.wakeAt,
      this.#upkeepAt,
    );
  }

  /** How many records are held for others. */
  get recordsHeld(): number {
    return this.#service.held.size;
  }

  /** Records held for others under a key, as they would be told now. */
  held(key: Key): readonly ProviderRecord[] {
    return this.#service.held.providers(key, this.seconds, this.random);
  }

  /** Whether an offer for a link by that node should be answered. */
  wouldLink(contact: Contact): boolean {
    return this.#maintenance.company === 'anybody' && this.#keeping.hasRoomFor(contact);
  }

  readonly emit = (output: DhtOutput): void => {
    this.#outputs.push(output);
  };

  step(now: Time, input: DhtInput): DhtOutput[] {
    this.#now = now;
    this.#take(input);
    this.#tick();
    this.#maintenance.settle();
    const outputs = this.#outputs;
    this.#outputs = [];
    return outputs;
  }

  #take(input: DhtInput): void {
    switch (input.type) {
      case 'tick':
        return;
      case 'opened':
        return this.#admissions.opened(input.link, input.purpose, input.connection);
      case 'received':
        return this.#received(input.link, input.message);
      case 'closed':
        return this.#lost(input.link);
      case 'connectFailed':
        return this.#maintenance.notConnected(input.node, input.result);
      case 'introduced':
        return this.#maintenance.heardOf(input.contacts);
      case 'company':
        return this.#maintenance.keepCompany(input.company);
      case 'woke':
        return this.#maintenance.woke();
      case 'provide':
        return this.#publisher.provide(input.address, input.peerId);
      case 'withdraw':
        return this.#publisher.withdraw(input.key);
      case 'lookUp':
        return this.#errands.lookUp(input.operation, input.address);
      case 'put':
        return this.#errands.put(input.operation, input.record);
      case 'get':
        return this.#errands.get(input.operation, input.key);
      case 'signal':
        return this.#errands.signal(input.operation, input.to, input.payload);
    }
  }

  #received(key: LinkKey, message: Received): void {
    const link = this.links.connection(key);
    if (link !== undefined) return this.#heard(link, message);
    if (!this.#admissions.has(key)) return;
    if (message.type === 'hello') this.#greeted(key, message);
    else this.#close(key, 'unproven');
  }

  #heard(link: Link, message: Received): void {
    link.heard();
    switch (message.type) {
      case 'hello':
      case 'malformed':
        return this.#close(link.key, 'malformed');
      case 'unknown':
        if (!link.requests.spend(this.#now)) this.#close(link.key, 'flood');
        return;
      case 'forward':
        return this.#router.forwarded(link, message);
      case 'ack':
        return this.#router.acknowledged(link, message.path);
      case 'reply':
        return this.#router.replied(link, message);
      case 'back':
        return this.#router.returned(link, message);
      case 'replicate':
        return this.#service.replicated(link, message.records);
      case 'peers':
        return this.#maintenance.heardOf(this.#telling.heard(link, message.added), link.contact.id);
    }
  }

  #greeted(key: LinkKey, hello: Hello): void {
    const admission = this.#admissions.greeted(key, hello);
    if (admission === undefined) return;
    if (admission.type === 'refused') return this.#close(key, admission.reason);
    this.#time.heard(key, hello.time);
    this.#admit(admission.link, admission.connection);
  }

  #admit(link: Link, connection: ProvenConnection): void {
    const refused = this.#maintenance.company === 'swarm-members' && link.purpose === 'link';
    if (refused) return this.#close(link.key, 'no-strangers');
    const duplicate = this.#keeping.duplicateOf(link, connection);
    if (duplicate === link) return this.#close(link.key, 'duplicate');
    if (duplicate !== undefined) this.#close(duplicate.key, 'duplicate');
    this.links.add(link);
    this.#upkeepAt = Math.min(this.#upkeepAt, this.#now + UPKEEP);
    this.#maintenance.linked(link.contact);
    for (const { key, reason } of this.#keeping.superfluous()) this.#close(key, reason);
    if (this.links.link(link.contact.id) !== link) return;
    this.#telling.linked(link);
    this.#service.handOver(link);
  }

  #close(key: LinkKey, reason: CloseReason): void {
    this.emit({ type: 'close', link: key, reason });
    this.#closed(key);
  }

  #lost(key: LinkKey): void {
    const link = this.links.connection(key);
    this.#closed(key);
    if (link !== undefined && this.links.link(link.contact.id) === undefined)
      this.#maintenance.lost(link.contact);
  }

  #closed(key: LinkKey): void {
    this.#admissions.ended(key);
    this.#time.left(key);
    const link = this.links.connection(key);
    if (link === undefined) return;
    if (this.links.delete(key)) this.#telling.unlinked(link);
    this.#router.lost(link);
    this.#maintenance.unlinked();
  }

  #tick(): void {
    this.#admissions.tick();
    this.#router.tick();
    this.#lookups.tick();
    this.#maintenance.tick();
    this.#telling.tick();
    this.#publisher.tick();
    if (this.#now >= this.#upkeepAt) this.#upkeep();
  }

  #sayLonely(): void {
    this.#maintenance.saidLonely();
    this.emit({ type: 'lonely' });
  }

  #upkeep(): void {
    this.#upkeepAt = this.#now + UPKEEP;
    this.#service.sweep();
    if (this.#maintenance.isLonely) this.#sayLonely();
    for (const { key, reason } of this.#keeping.worthless(this.#maintenance.company))
      this.#close(key, reason);
  }
}
