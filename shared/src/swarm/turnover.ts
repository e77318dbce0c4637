import { MINUTE, SECOND, type Time } from '../base/time.ts';
import type { Peer } from './peer.ts';
import { LARGEST_TURN } from './slotHistory.ts';

/** Nobody can show its use sooner: claims, interest and a first turn in a slot take their time. */
const GRACE = 30 * SECOND;
const LONG = 2 * MINUTE;

/** What a full table is looked at with. */
export interface TableView {
  readonly now: Time;
  /** We have everything. */
  readonly seeding: boolean;
  /** We have nothing. */
  readonly empty: boolean;
  /** Nothing comes in from anybody. */
  readonly starving: boolean;
  /** Bytes of the content, once known. */
  readonly size: number | undefined;
}

type Criterion = (peer: Peer, table: TableView) => boolean;

/** Reasons to go when somebody else wants the place, the strongest first. */
const USELESS: readonly Criterion[] = [
  // A seeder for a seeder: nothing can pass.
  (peer, { seeding }) => seeding && peer.isSeeder && !peer.interesting,
  // Keeps to itself what nobody else was given.
  (peer, { now, seeding }) => seeding && peer.choked && peer.hasHoardedLong(now),
  // Neither wants anything of the other, nor will when one of them has something.
  (peer, { empty }) => !peer.interested && !peer.interesting && !(empty && peer.claimsNothing),
  // Has been given all there is, and still claims to have less.
  (peer, { size }) => size !== undefined && size > 0 && !peer.isSeeder && peer.sent.total > 1.5 * size,
  // Has had its share of a seeder, and others have had none.
  (peer, { seeding }) => seeding && peer.choked && peer.sent.total >= LARGEST_TURN,
  // Has had something of a seeder, and the place for long.
  (peer, { now, seeding }) => seeding && peer.choked && peer.sent.total > 0 && now - peer.admittedAt > LONG,
  // Was given two pieces, and has never given anything.
  (peer, { seeding }) => !seeding && peer.owes && peer.sent.total >= 2 * peer.pieceLength,
  // Wants, and after a long while has given nothing of what we look for.
  (peer, table) => !table.seeding && isBarren(peer, table),
];

/** Where nothing comes in at all it is time to look for others. */
function isBarren(peer: Peer, { now, starving }: TableView): boolean {
  return now - peer.admittedAt > (starving ? GRACE : LONG) && peer.received.rate(now) === 0;
}

/** Has had its time: now, or when it was here before. */
function isKnown(peer: Peer, { now, seeding }: TableView): boolean {
  const hasShown = seeding ? peer.hasHoardedLong(now) : peer.returned && peer.owes;
  return hasShown || now - peer.admittedAt >= GRACE;
}

/** Who is to make room for a newcomer; nobody when all are of use. */
export function leastUseful(peers: Iterable<Peer>, table: TableView): Peer | undefined {
  const useless = [...peers]
    .filter((peer) => isKnown(peer, table))
    .map((peer) => ({ peer, reason: USELESS.findIndex((criterion) => criterion(peer, table)) }))
    .filter(({ reason }) => reason >= 0);
  return useless.sort(byUselessness)[0]?.peer;
}

interface Useless {
  readonly peer: Peer;
  readonly reason: number;
}

/** The first goes first. */
function byUselessness(a: Useless, b: Useless): number {
  return (
    // By the reasons above.
    a.reason - b.reason ||
    // Has given us least.
    a.peer.received.total - b.peer.received.total ||
    // Has taken most.
    b.peer.sent.total - a.peer.sent.total ||
    // Has had the place longest.
    a.peer.admittedAt - b.peer.admittedAt
  );
}
