import type { Time } from '../base/time.ts';
import { headOf, isNearer, shareBetween } from './distance.ts';
import type { Link } from './link.ts';
import type { Key, NodeId } from './nodeId.ts';

/** What one bit of distance is worth, in milliseconds: what halving it costs on the way. */
const BIT = 130;
/** What a link is charged that never answered. */
const MISCONDUCT = 8 * BIT;
/** One that does not acknowledge is the last resort. */
const SUSPECT = 1e6;
const UNKNOWN_TRIP = 300;
/** How far a salt varies what looks best: by two bits. */
const VARIATION = 2 * BIT;
const SMALLEST_SHARE = 2 ** -32;

export interface Way {
  /** Who sends it on; nothing where the path begins: anybody is a way then. */
  readonly self: NodeId | undefined;
  readonly target: Key;
  readonly salt: number;
  /** Share of the space around the target in which every node will do; 0 where only the nearest will. */
  readonly region: number;
  readonly now: Time;
}

/**
 * The link over which the target is reached soonest, as it seems: nearer than we are, or within the region. A salt
 * other than 0 makes another choice, and within the region any choice: whoever crowds around the target gets no more
 * than a share of the paths.
 */
export function nextHop(
  links: Iterable<Link>,
  way: Way,
  excluded: (link: Link) => boolean,
): Link | undefined {
  const targetHead = headOf(way.target);
  let best: Link | undefined;
  let least = Number.POSITIVE_INFINITY;
  for (const link of links) {
    if (excluded(link)) continue;
    if (link.head === targetHead && isAt(link, way.target)) return link;
    const share = shareBetween(link.head, targetHead);
    const leads =
      way.self === undefined || share < way.region || isNearer(way.target, link.contact.id, way.self);
    if (!leads) continue;
    const cost = costOf(link, share, way);
    if (cost >= least) continue;
    best = link;
    least = cost;
  }
  return best;
}

function costOf(link: Link, share: number, { salt, region, now }: Way): number {
  const floor = salt === 0 ? SMALLEST_SHARE : Math.max(region, SMALLEST_SHARE);
  return (
    Math.log2(Math.max(share, floor) / SMALLEST_SHARE) * BIT +
    (link.trip ?? UNKNOWN_TRIP) / 2 +
    (1 - link.conduct) * MISCONDUCT +
    (link.isSuspect(now) ? SUSPECT : 0) +
    variation(salt, link.head) * VARIATION
  );
}

/** 0 to 1, by salt and link. */
function variation(salt: number, head: number): number {
  if (salt === 0) return 0;
  let mixed = Math.imul(head ^ Math.imul(salt, 0x9e3779b1), 0x85ebca6b);
  mixed = Math.imul(mixed ^ (mixed >>> 15), 0xc2b2ae35);
  return ((mixed ^ (mixed >>> 13)) >>> 0) / 2 ** 32;
}

function isAt(link: Link, target: Key): boolean {
  const id: string = link.contact.id;
  return id === target;
}
