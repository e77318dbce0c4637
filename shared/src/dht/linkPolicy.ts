import type { Time } from '../base/time.ts';
import { compareDistance, isNearer } from './distance.ts';
import { type Known, positionOf } from './knownContacts.ts';
import {
  BUCKET_LINKS,
  COMFORTABLE_LINKS,
  KEPT_NEIGHBOURS,
  MAX_LINKS,
  NEIGHBOURS,
  WANTED_LINKS,
} from './limits.ts';
import type { Contact } from './contact.ts';
import type { Purpose } from './link.ts';
import type { NodeId } from './nodeId.ts';

/** A link, as far as it decides whether it is kept. */
export interface LinkFacts {
  readonly contact: Contact;
  readonly purpose: Purpose;
  readonly since: Time;
  /** When something of use went through it last. */
  readonly usedAt: Time;
  /** Made so lately, to enter the overlay, that one end may have no other. */
  readonly entering: boolean;
  readonly conduct: number;
}

/** Why somebody is dialled: the first that holds. */
export type DialReason = 'neighbour' | 'empty-quarter' | 'few-links';

/** Why a link stays: the first that holds; `surplus` ones go first, the others from the end of the list. */
const KEEP_REASONS = ['swarm', 'entry', 'neighbour', 'only-in-quarter', 'few-in-bucket', 'surplus'] as const;
export type KeepReason = (typeof KEEP_REASONS)[number];

/** Below that, a link is not a neighbour's nor a bucket's, but surplus. */
const DECENT = 0.3;

/**
 * Who is to be dialled next, and why. `present`: links, and those being dialled; nobody of `known` is among them. Who
 * has hardly any links dials whomever it knows: the first to answer will do.
 */
export function nextDial(
  self: NodeId,
  present: readonly Contact[],
  known: readonly Known[],
  hasFew = false,
): { readonly contact: Contact; readonly reason: DialReason } | undefined {
  if (present.length >= MAX_LINKS || known.length === 0) return undefined;
  const neighbour = nearestOf(self, known);
  if (isNeighbour(self, present, neighbour)) return { contact: neighbour.contact, reason: 'neighbour' };
  if (present.length >= WANTED_LINKS && !hasFew) return undefined;
  const covered = countsOf(self, present);
  const wanted = known.filter(({ bucket }) => hasFew || covered.bucket(bucket) < BUCKET_LINKS);
  const far = leastCovered(
    wanted.filter(({ bucket, quarter }) => covered.quarter(bucket, quarter) === 0),
    covered,
  );
  if (far) return { contact: far.contact, reason: 'empty-quarter' };
  const other = leastCovered(wanted, covered);
  return other && { contact: other.contact, reason: 'few-links' };
}

function isNeighbour(self: NodeId, present: readonly Contact[], known: Known | undefined): known is Known {
  if (known === undefined) return false;
  const { id } = known.contact;
  return present.filter((contact) => isNearer(self, contact.id, id)).length < NEIGHBOURS;
}

function nearestOf(self: NodeId, known: readonly Known[]): Known | undefined {
  const [first, ...others] = known;
  return (
    first &&
    others.reduce((best, each) => (isNearer(self, each.contact.id, best.contact.id) ? each : best), first)
  );
}

/** Which of too many goes: of the least reason, in the most crowded bucket, the worst-behaved, the youngest. */
export function dispensable(self: NodeId, links: readonly LinkFacts[]): LinkFacts | undefined {
  const ranked = rank(self, links).filter(({ reason }) => reason !== 'swarm');
  return ranked.sort(byWorth).at(-1)?.link;
}

/** Links beyond what is comfortable that can be done without, those idle for longest first. */
export function spare(self: NodeId, links: readonly LinkFacts[]): LinkFacts[] {
  return rank(self, links)
    .filter(({ reason }) => reason === 'surplus' || reason === 'few-in-bucket')
    .map(({ link }) => link)
    .sort((a, b) => a.usedAt - b.usedAt)
    .slice(0, Math.max(links.length - COMFORTABLE_LINKS, 0));
}

/**
 * Whether one more is worth a place that another has: a neighbour is, and otherwise only a surplus link goes for it.
 * Were it easier, those sent away would come to others and send more away.
 */
export function isWorthPlace(self: NodeId, links: readonly LinkFacts[], candidate: LinkFacts): boolean {
  const ranked = rank(self, [...links, candidate]);
  const reason = ranked.find(({ link }) => link === candidate)?.reason;
  return reason === 'neighbour' || (reason !== 'surplus' && ranked.some((each) => each.reason === 'surplus'));
}

/** Why each is kept. */
export function keepReasons(self: NodeId, links: readonly LinkFacts[]): Map<NodeId, KeepReason> {
  return new Map(rank(self, links).map(({ link, reason }) => [link.contact.id, reason]));
}

interface Ranked {
  readonly link: LinkFacts;
  readonly reason: KeepReason;
  /** Links in the same bucket. */
  readonly crowd: number;
}

function rank(self: NodeId, links: readonly LinkFacts[]): Ranked[] {
  const contacts = links.map(({ contact }) => contact);
  const neighbours = new Set(nearest(self, contacts, KEPT_NEIGHBOURS).map(({ id }) => id));
  const counts = countsOf(self, contacts);
  return links.map((link) => {
    const { bucket, quarter } = positionOf(self, link.contact.id);
    const crowd = counts.bucket(bucket);
    if (link.purpose === 'swarm') return { link, crowd, reason: 'swarm' };
    if (link.entering) return { link, crowd, reason: 'entry' };
    if (link.conduct < DECENT) return { link, crowd, reason: 'surplus' };
    if (neighbours.has(link.contact.id)) return { link, crowd, reason: 'neighbour' };
    if (counts.quarter(bucket, quarter) === 1) return { link, crowd, reason: 'only-in-quarter' };
    return { link, crowd, reason: crowd <= BUCKET_LINKS ? 'few-in-bucket' : 'surplus' };
  });
}

function byWorth(a: Ranked, b: Ranked): number {
  return (
    KEEP_REASONS.indexOf(a.reason) - KEEP_REASONS.indexOf(b.reason) ||
    a.crowd - b.crowd ||
    b.link.conduct - a.link.conduct ||
    a.link.since - b.link.since
  );
}

function nearest(self: NodeId, contacts: readonly Contact[], count: number): readonly Contact[] {
  return contacts.toSorted((a, b) => compareDistance(self, a.id, b.id)).slice(0, count);
}

interface Counts {
  bucket(bucket: number): number;
  quarter(bucket: number, quarter: number): number;
}

function countsOf(self: NodeId, contacts: readonly Contact[]): Counts {
  const buckets = new Map<number, number>();
  const quarters = new Map<number, number>();
  for (const { id } of contacts) {
    const { bucket, quarter } = positionOf(self, id);
    buckets.set(bucket, (buckets.get(bucket) ?? 0) + 1);
    quarters.set(4 * bucket + quarter, (quarters.get(4 * bucket + quarter) ?? 0) + 1);
  }
  return {
    bucket: (bucket) => buckets.get(bucket) ?? 0,
    quarter: (bucket, quarter) => quarters.get(4 * bucket + quarter) ?? 0,
  };
}

/** In the bucket with fewest links; the farther bucket where two have as few. */
function leastCovered(known: readonly Known[], counts: Counts): Known | undefined {
  return known.reduce<Known | undefined>((best, each) => {
    if (best === undefined) return each;
    const difference =
      counts.bucket(each.bucket) - counts.bucket(best.bucket) ||
      each.failures - best.failures ||
      each.bucket - best.bucket;
    return difference < 0 ? each : best;
  }, undefined);
}
