import { PeerExchange } from '../base/peerExchange.ts';
import { shuffle } from '../base/random.ts';
import { SECOND, type Time } from '../base/time.ts';
import type { Contact } from './contact.ts';
import type { DhtContext } from './context.ts';
import { Deadlines } from './deadlines.ts';
import { compareDistance, isNearer } from './distance.ts';
import type { Link } from './link.ts';
import { MAX_LINKS } from './limits.ts';
import type { NodeId } from './nodeId.ts';

/** Those nearest to whoever is told: they are its neighbours, perhaps. */
const NEAREST = 8;
const PACE = { first: MAX_LINKS, step: NEAREST, interval: 15 * SECOND };

/** Tells each link of others: a new one of many, later whoever comes near to it. */
export class Telling {
  readonly #context: DhtContext;
  readonly #exchange = new PeerExchange<NodeId>(PACE);
  /** Links for whom there may be news. */
  readonly #due = new Deadlines<NodeId>();

  constructor(context: DhtContext) {
    this.#context = context;
  }

  get wakeAt(): Time {
    return this.#due.next;
  }

  linked(link: Link): void {
    const { links, now } = this.#context;
    this.#exchange.connected(link.contact.id, now);
    this.#tell(link);
    for (const other of links)
      if (other !== link && this.#isNearTo(link.contact.id, other))
        this.#due.set(other.contact.id, now + PACE.interval);
  }

  unlinked(link: Link): void {
    this.#exchange.left(link.contact.id);
    this.#due.delete(link.contact.id);
  }

  /** As many contacts as the link may tell us of. */
  heard(link: Link, contacts: readonly Contact[]): readonly Contact[] {
    return this.#exchange.heard(link.contact.id, this.#context.now, contacts);
  }

  tick(): void {
    const { now, links } = this.#context;
    for (let id = this.#due.take(now); id !== undefined; id = this.#due.take(now)) {
      const link = links.link(id);
      if (link !== undefined) this.#tell(link);
    }
  }

  #tell(link: Link): void {
    const { links, now, emit } = this.#context;
    const id = link.contact.id;
    const news = this.#exchange.news(
      id,
      now,
      this.#worthTelling(id),
      (other) => links.link(other) !== undefined,
    );
    if (news === undefined) return;
    const added = news.added.flatMap((other) => links.link(other)?.contact ?? []);
    emit({ type: 'send', link: link.key, message: { type: 'peers', added, dropped: news.dropped } });
  }

  #worthTelling(to: NodeId): readonly NodeId[] {
    const ids = this.#others(to);
    return [...ids.slice(0, NEAREST), ...shuffle(this.#context.random, ids.slice(NEAREST))];
  }

  #isNearTo(id: NodeId, other: Link): boolean {
    const to = other.contact.id;
    let nearer = 0;
    for (const { contact } of this.#context.links)
      if (contact.id !== to && isNearer(to, contact.id, id) && ++nearer >= NEAREST) return false;
    return true;
  }

  /** Everybody else, those nearest to it first. */
  #others(to: NodeId): NodeId[] {
    return [...this.#context.links]
      .map(({ contact }) => contact.id)
      .filter((id) => id !== to)
      .sort((a, b) => compareDistance(to, a, b));
  }
}
