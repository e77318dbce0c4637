import { MINUTE, SECOND, type Time } from '../base/time.ts';
import { compareDistance } from './distance.ts';
import type { Contact } from './contact.ts';
import type { DhtContext } from './context.ts';
import type { Company } from './io.ts';
import { KnownContacts } from './knownContacts.ts';
import { nextDial } from './linkPolicy.ts';
import { COMFORTABLE_LINKS, LEAST_LINKS, MAX_CONTACTS, NEIGHBOURS } from './limits.ts';
import type { Lookups } from './lookups.ts';
import type { Answer } from './message.ts';
import { type Key, keyAt, keyOf, type NodeId, PLACE_BYTES } from './nodeId.ts';

/** At once: more while there is hardly anybody. */
const MAX_DIALS = 8;
const MAX_FIRST_DIALS = COMFORTABLE_LINKS;
const DIAL_TIMEOUT = 25 * SECOND;
/** After the first link, then less and less often. */
const EARLY: readonly number[] = [0, SECOND, 3 * SECOND, 6 * SECOND, 12 * SECOND, 25 * SECOND];
const REFRESH = MINUTE;
const PATIENCE = 20 * SECOND;
const LONELY_PAUSE = MINUTE;
/** One refresh in so many looks for neighbours, the others for anybody. */
const NEIGHBOUR_TURN = 2;
const SPREAD = 0.2;

/** Keeps the node in touch: looks up its own place and random ones, and dials who is worth a link. */
export class Maintenance {
  readonly known: KnownContacts;
  readonly #context: DhtContext;
  readonly #lookups: Lookups;
  readonly #dialling = new Map<NodeId, { readonly contact: Contact; readonly since: Time }>();
  #company: Company = 'anybody';
  #lonelyAt: Time = Number.POSITIVE_INFINITY;
  #refreshes = 0;
  #refreshAt = Number.POSITIVE_INFINITY;
  /** Whom to dial may have changed. */
  #turned = false;

  constructor(context: DhtContext, lookups: Lookups) {
    this.#context = context;
    this.#lookups = lookups;
    this.known = new KnownContacts(context.self.id);
  }

  get wakeAt(): Time {
    return this.#refreshAt;
  }

  get company(): Company {
    return this.#company;
  }

  /** Time enough has passed to find others, and there are few. */
  get isLonely(): boolean {
    const { links, now } = this.#context;
    return this.#company === 'anybody' && links.size < LEAST_LINKS && now >= this.#lonelyAt;
  }

  /** It was said, and is not said again for a while. */
  saidLonely(): void {
    this.#lonelyAt = this.#context.now + LONELY_PAUSE;
  }

  keepCompany(company: Company): void {
    this.#company = company;
    this.#turned = true;
  }

  linked(contact: Contact): void {
    const { now } = this.#context;
    this.known.add(now, contact);
    this.known.succeeded(contact.id);
    this.#dialling.delete(contact.id);
    if (this.#refreshAt === Number.POSITIVE_INFINITY) this.#begin();
    this.#turned = true;
  }

  /** The other end has gone, or wants no more of us: it would be dialled in vain, until somebody tells of it again. */
  lost({ id }: Contact): void {
    this.known.forget(id);
  }

  /** There is room for others. */
  unlinked(): void {
    this.#turned = true;
    if (this.#context.links.size === 0) this.#refreshAt = Number.POSITIVE_INFINITY;
  }

  /** @param teller the link that told of them as its own. */
  heardOf(contacts: readonly Contact[], teller?: NodeId): void {
    for (const contact of contacts)
      if (this.known.add(this.#context.now, contact, teller)) this.#turned = true;
  }

  /** @param result of a dial; who declined has enough of others, and is no worse for it. */
  notConnected(id: NodeId, result: 'failed' | 'declined'): void {
    if (!this.#dialling.delete(id)) return;
    if (result === 'failed') this.known.failed(this.#context.now, id);
    else this.known.declined(this.#context.now, id);
    this.#turned = true;
  }

  woke(): void {
    if (this.#context.links.size > 0) this.#begin();
  }

  tick(): void {
    const { now, random } = this.#context;
    for (const [id, { since }] of this.#dialling)
      if (since + DIAL_TIMEOUT <= now) this.notConnected(id, 'failed');
    if (now < this.#refreshAt) return;
    this.#turned = true;
    this.#refresh();
    const pause = (EARLY[this.#refreshes] ?? Number.NaN) - (EARLY[this.#refreshes - 1] ?? 0);
    this.#refreshAt = now + (pause || REFRESH * (1 + SPREAD * (2 * random.next() - 1)));
  }

  /** After every input: dials whoever is worth it. */
  settle(): void {
    if (!this.#turned) return;
    this.#turned = false;
    if (this.#company === 'swarm-members' || this.#context.links.size === 0) return;
    this.#dial();
  }

  #dial(): void {
    const { self, links, now, emit } = this.#context;
    const hasFew = links.size < NEIGHBOURS;
    const most = hasFew ? MAX_FIRST_DIALS : MAX_DIALS;
    if (this.#dialling.size >= most) return;
    const present = [...links, ...this.#dialling.values()].map(({ contact }) => contact);
    let due = [...this.known.values()].filter(
      ({ contact: { id }, notBefore }) => notBefore <= now && !links.link(id) && !this.#dialling.has(id),
    );
    while (this.#dialling.size < most) {
      const dial = nextDial(self.id, present, due, hasFew);
      if (dial === undefined) return;
      due = due.filter(({ contact }) => contact !== dial.contact);
      present.push(dial.contact);
      this.#dialling.set(dial.contact.id, { contact: dial.contact, since: now });
      emit({ type: 'connect', ...dial });
    }
  }

  #begin(): void {
    this.#lonelyAt = Math.min(this.#lonelyAt, this.#context.now + PATIENCE);
    this.#refreshes = 0;
    this.#refreshAt = this.#context.now;
  }

  /** In the beginning both; then by turns. */
  #refresh(): void {
    const early = this.#refreshes++ < EARLY.length;
    const neighbours = this.#refreshes % NEIGHBOUR_TURN === 0;
    if (early || neighbours) this.#find(keyAt(this.#context.self.id), false);
    if (early || !neighbours) this.#find(keyOf(this.#context.random.bytes(PLACE_BYTES)), true);
  }

  /** @param random an arbitrary place: what is found there says how many nodes there are. */
  #find(target: Key, random: boolean): void {
    const found = new Map<NodeId, Contact>();
    this.#lookups.begin({
      target,
      request: { type: 'find' },
      atOnce: 1,
      answers: 1,
      most: 4,
      accept: (answer) => this.#accept(answer, found),
      ended: () => {
        if (random) this.#context.size.add(target, nearest(target, [...found.values()]));
      },
    });
  }

  #accept(answer: Answer, found: Map<NodeId, Contact>): boolean {
    if (answer.type !== 'contacts') return false;
    for (const contact of answer.contacts) found.set(contact.id, contact);
    this.heardOf(answer.contacts);
    return true;
  }
}

function nearest(target: Key, contacts: readonly Contact[]): readonly Contact[] {
  return contacts.toSorted((a, b) => compareDistance(target, a.id, b.id)).slice(0, MAX_CONTACTS);
}
