import { integer, pick, type Random } from '../src/base/random.ts';
import { MINUTE, SECOND, type Time } from '../src/base/time.ts';
import { BLOCK } from '../src/content/layout.ts';
import { arrivals, exponential } from './arrivals.ts';
import { SeededRandom } from './seededRandom.ts';
import type { DiskOptions } from './simDisk.ts';
import { type Fault, type PlannedPeer, type RivalName, RIVALS, type WorldPlan } from './worldPlan.ts';

const KIB = 1024;
const DAY = 24 * 60 * MINUTE;
const MOST_PEERS = 12;
const MOST_PIECES = 12;
const MOST_FAULTS = 6;
/** Worlds are run by the thousand: what is transferred is small, so faults come early. */
const FAULTS_WITHIN = 15 * SECOND;
const JOIN_INTERVAL = 2 * SECOND;

const isRival = (name: string): name is RivalName => name in RIVALS;
const RIVAL_NAMES = Object.keys(RIVALS).filter(isRival);

/** A small world in which much may go wrong. At least one peer has everything at first. */
export function randomWorld(seed: number): WorldPlan {
  const random = new SeededRandom(seed);
  const pieceLength = BLOCK * 2 ** integer(random, 3);
  const pieces = 1 + few(random, MOST_PIECES);
  const length = (pieces - 1) * pieceLength + 1 + integer(random, pieceLength);
  const peers = drawPeers(random, pieces);
  const count = few(random, MOST_FAULTS + 1);
  const faults = Array.from({ length: count }, () => oneOf(random, FAULTS)(random, peers.length, pieces));
  return { seed, length, pieceLength, peers, faults };
}

function drawPeers(random: Random, pieces: number): PlannedPeer[] {
  const count = 2 + few(random, MOST_PEERS - 1);
  const rivals = random.next() < 0.4 ? 0.1 + 0.4 * random.next() : 0;
  const gang = random.next() < 0.5 ? [oneOf(random, RIVAL_NAMES)] : RIVAL_NAMES;
  const tight = random.next() < 0.2 ? { connections: 3 + integer(random, 4) } : {};
  const visits = arrivals(random, { count, interval: JOIN_INTERVAL, sessions: { type: 'endless' } });
  return visits.map(({ from }, number) => ({
    name: `peer ${number}`,
    has: number === 0 ? 'all' : drawHad(random, pieces),
    up: spread(random, 20, 500) * KIB,
    down: spread(random, 50, 2000) * KIB,
    latency: spread(random, 2, 150),
    joinsAt: number === 0 ? 0 : Math.round(from),
    ...sometimes(random, 0.2, () => ({ jitter: spread(random, 5, 200) })),
    ...sometimes(random, 0.15, () => ({ loss: random.next() * 0.03 })),
    ...sometimes(random, 0.15, () => ({ disk: drawDisk(random) })),
    ...tight,
    ...sometimes(random, 0.1, () => ({ leftOut: someOf(random, pieces, 0.4) })),
    ...sometimes(random, 0.1, () => ({ uploadLimit: spread(random, 10, 100) * KIB })),
    ...sometimes(random, number === 0 ? 0 : rivals, () => ({ rival: oneOf(random, gang) })),
    ...sometimes(random, 0.15, () => ({ staysOn: duration(random, 10 * SECOND) })),
  }));
}

function drawHad(random: Random, pieces: number): PlannedPeer['has'] {
  const kind = random.next();
  if (kind < 0.75) return 'nothing';
  if (kind < 0.85) return 'all';
  return someOf(random, pieces, 0.5);
}

function drawDisk(random: Random): DiskOptions {
  return {
    ...sometimes(random, 0.5, () => ({ delay: spread(random, 5, 2000), speed: spread(random, 10, 1000) })),
    ...sometimes(random, 0.4, () => ({ failing: 0.2 * random.next() })),
    ...sometimes(random, 0.4, () => ({ rotting: 0.1 * random.next() })),
  };
}

type Draw = (random: Random, peers: number, pieces: number) => Fault;

const FAULTS: readonly Draw[] = [
  (random, peers) => ({
    type: 'goes',
    peer: integer(random, peers),
    at: soon(random),
    how: random.next() < 0.6 ? 'crashes' : 'leaves',
    ...sometimes(random, 0.8, () => ({ backAfter: duration(random, 20 * SECOND) })),
  }),
  (random, peers) => ({
    type: 'sleeps',
    peer: integer(random, peers),
    at: soon(random),
    for: duration(random, random.next() < 0.8 ? 30 * SECOND : 10 * MINUTE),
    clock: random.next() < 0.5 ? 'stops' : 'goes-on',
  }),
  (random, peers) => ({
    type: 'clock-set',
    peer: integer(random, peers),
    at: soon(random),
    by: random.next() < 0.5 ? DAY : -DAY,
  }),
  (random) => ({ type: 'tracker-gone', at: soon(random), for: duration(random, MINUTE) }),
  (random, peers) => ({
    type: 'partition',
    at: soon(random),
    for: duration(random, 40 * SECOND),
    groups: Array.from({ length: peers }, () => integer(random, 2)),
    ...sometimes(random, 0.5, () => ({ tracker: integer(random, 2) })),
  }),
  (random, peers) => ({
    type: 'disk',
    peer: integer(random, peers),
    at: soon(random),
    for: duration(random, 20 * SECOND),
    options: oneOf(random, [{ room: 4 * BLOCK }, { room: 0 }, { failing: 1 }, { delay: 3 * SECOND }]),
  }),
  (random, peers, pieces) => ({
    type: 'rots',
    peer: integer(random, peers),
    at: soon(random),
    pieces: someOf(random, pieces, 0.3),
  }),
];

function oneOf<T>(random: Random, items: readonly T[]): T {
  const item = pick(random, items);
  if (item === undefined) throw new RangeError('expected something to choose from, received nothing');
  return item;
}

/** Of so many pieces, each with the same chance. */
function someOf(random: Random, pieces: number, chance: number): number[] {
  return Array.from({ length: pieces }, (_, piece) => piece).filter(() => random.next() < chance);
}

/** From 0, below a bound, and small more often than large. */
function few(random: Random, below: number): number {
  return Math.floor(below * random.next() ** 2.5);
}

/** Between two bounds, each order of magnitude as likely as the next. */
function spread(random: Random, least: number, most: number): number {
  return Math.round(least * (most / least) ** random.next());
}

function soon(random: Random): Time {
  return Math.round(FAULTS_WITHIN * random.next());
}

function duration(random: Random, mean: Time): Time {
  return Math.round(exponential(random, mean));
}

function sometimes<T extends object>(random: Random, chance: number, draw: () => T): T | object {
  return random.next() < chance ? draw() : {};
}
