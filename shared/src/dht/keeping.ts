import { MINUTE } from '../base/time.ts';
import type { ProvenConnection } from './connectionProof.ts';
import type { Contact } from './contact.ts';
import type { DhtContext } from './context.ts';
import type { CloseReason, Company } from './io.ts';
import type { Link, LinkKey } from './link.ts';
import { dispensable, isWorthPlace, type LinkFacts, spare } from './linkPolicy.ts';
import { MAX_LINKS } from './limits.ts';

/** A link that goes, and why. */
export interface Parting {
  readonly key: LinkKey;
  readonly reason: CloseReason;
}

/** How long an end that enters may take to find others. */
const ENTRY = MINUTE;
/** Not before it had time to be of use, and not many at a time. */
const SETTLED = MINUTE;
const PARTINGS = 2;
/** Conduct below which a link is worse than none. */
const MISCONDUCT = 0.2;

/** Applies the link policy to the links there are. */
export class Keeping {
  readonly #context: DhtContext;

  constructor(context: DhtContext) {
    this.#context = context;
  }

  /** Whether a link to it would stay. */
  hasRoomFor(contact: Contact): boolean {
    const { self, links, now } = this.#context;
    if (links.size < MAX_LINKS || links.link(contact.id) !== undefined) return true;
    const candidate = {
      contact,
      purpose: 'link',
      since: now,
      usedAt: now,
      conduct: 1,
      entering: false,
    } as const;
    return isWorthPlace(self.id, this.#facts(links), candidate);
  }

  /**
   * Of two connections to one node that were both made as links, the one that goes: both ends must think of the same,
   * so the offer of the greater id stays.
   */
  duplicateOf(link: Link, { role }: ProvenConnection): Link | undefined {
    const { self, links } = this.#context;
    const other = links.link(link.contact.id);
    if (other === undefined || link.purpose === 'swarm') return undefined;
    if (other.purpose === 'swarm') return link;
    const offeredByGreater = role === 'initiator' ? self.id > link.contact.id : self.id < link.contact.id;
    return offeredByGreater ? other : link;
  }

  /** Links beyond the most there may be. One of a swarm's only ceases to be a link. */
  superfluous(): Parting[] {
    const { self, links } = this.#context;
    const partings: Parting[] = [];
    const present = new Set(links);
    while (present.size > MAX_LINKS) {
      const worst = dispensable(self.id, this.#facts(present));
      const link = worst && links.link(worst.contact.id);
      if (link === undefined) break;
      present.delete(link);
      partings.push({ key: link.key, reason: 'no-room' });
    }
    for (const link of [...present].slice(MAX_LINKS)) links.rest(link);
    return partings;
  }

  #facts(links: Iterable<Link>): LinkFacts[] {
    const { now } = this.#context;
    return [...links].map(({ contact, purpose, since, usedAt, conduct }) => {
      const entering = purpose === 'entry' && since + ENTRY > now;
      return { contact, purpose, since, usedAt, conduct, entering };
    });
  }

  #strangers(): Parting[] {
    return [...this.#context.links]
      .filter(({ purpose }) => purpose !== 'swarm')
      .map(({ key }) => ({ key, reason: 'no-strangers' }));
  }

  /** Links that bring nothing: their ends never answer, or others can do without them. */
  worthless(company: Company): Parting[] {
    const { self, links, now } = this.#context;
    if (company === 'swarm-members') return this.#strangers();
    const bad = [...links].filter(({ purpose, conduct }) => purpose !== 'swarm' && conduct < MISCONDUCT);
    const good = [...links].filter((link) => !bad.includes(link));
    const spared = spare(self.id, this.#facts(good))
      .slice(0, PARTINGS)
      .flatMap(({ contact }) => links.link(contact.id) ?? [])
      .filter(({ since }) => since + SETTLED < now);
    return [
      ...bad.map(({ key }) => ({ key, reason: 'misconduct' as const })),
      ...spared.map(({ key }) => ({ key, reason: 'spare' as const })),
    ];
  }
}
