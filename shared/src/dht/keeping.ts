import { MINUTE } from '../base/time.ts';
import type { ProvenConnection } from './connectionProof.ts';
import type { Contact } from './contact.ts';
import type { DhtContext } from './context.ts';
import type { CloseReason } from './io.ts';
import type { Link, LinkKey } from './link.ts';
import { dispensable, isWorthPlace, keepReasons, type LinkFacts } from './linkPolicy.ts';
import { MAX_LINKS, WANTED_LINKS } from './limits.ts';

/** A link that goes, and why. */
export interface Parting {
  readonly key: LinkKey;
  readonly reason: CloseReason;
}

/** How long an end that enters may take to find others. */
const ENTRY = MINUTE;
const IDLE = 10 * MINUTE;
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
    const candidate = { contact, purpose: 'link', since: now, conduct: 1, entering: false } as const;
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
    return [...links].map(({ contact, purpose, since, conduct }) => {
      const entering = purpose === 'entry' && since + ENTRY > now;
      return { contact, purpose, since, conduct, entering };
    });
  }

  /** Links that bring nothing: their ends never answer, or nobody needs them. */
  worthless(): Parting[] {
    const { self, links, now } = this.#context;
    const reasons = keepReasons(self.id, this.#facts(links));
    const own = [...links].filter(({ purpose }) => purpose !== 'swarm');
    const bad = own.filter(({ conduct }) => conduct < MISCONDUCT).map(({ key }) => key);
    const idle = own
      .filter((link) => reasons.get(link.contact.id) === 'surplus' && link.usedAt + IDLE < now)
      .map(({ key }) => key)
      .slice(0, Math.max(links.size - WANTED_LINKS, 0));
    return [
      ...bad.map((key) => ({ key, reason: 'misconduct' as const })),
      ...idle.filter((key) => !bad.includes(key)).map((key) => ({ key, reason: 'idle' as const })),
    ];
  }
}
