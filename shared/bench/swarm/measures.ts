import { SECOND, type Time } from '../../src/base/time.ts';
import { type Capacities, swarmBound } from './bound.ts';
import { ofMiddleUplink } from './population.ts';
import type { PeerRecord, RunRecord } from './record.ts';
import type { Setting } from './setting.ts';
import { mean, percentile, rankCorrelation, sum } from './statistics.ts';
import { staysLong } from './visits.ts';

/** A figure of one run. */
export type Measure = (record: RunRecord, setting: Setting) => number;

type Line = Pick<PeerRecord, 'role' | 'rival' | 'up' | 'down'>;

/** What the bound is made of: the seed and the leechers that contribute. */
export function capacitiesOf(length: number, peers: readonly Line[]): Capacities {
  const honest = peers.filter(({ role, rival }) => role === 'leecher' && rival === undefined);
  return {
    length,
    seedUp: sum(peers.filter(({ role }) => role === 'seed').map(({ up }) => up)),
    ups: honest.map(({ up }) => up),
    leastDown: Math.min(...honest.map(({ down }) => down)),
  };
}

export const meanOverBound: Measure = (record, setting) =>
  mean(contributorTimes(record)) / boundOf(record, setting);

export const p95OverBound: Measure = (record, setting) =>
  percentile(contributorTimes(record), 0.95) / boundOf(record, setting);

export const lastOverBound: Measure = (record, setting) =>
  lastTime(record, setting) / boundOf(record, setting);

/** Seconds of the slowest contributor. */
export const lastTime: Measure = (record) => Math.max(...contributorTimes(record));

export const boundOf: Measure = ({ peers }, { length }) => swarmBound(capacitiesOf(length, peers));

/** What leechers sent, of what their uplinks could carry from join to finish. */
export const leecherUtilisation: Measure = (record) => {
  const sent = sum(leechers(record).map(({ uploaded }) => uploaded));
  return sent / sum(leechers(record).map((peer) => peer.up * timeOf(peer, record)));
};

/** What was sent until nine of ten had everything, of what all uplinks present could carry. */
export const uplinkUse: Measure = ({ peers, ninety }) => {
  if (ninety === undefined) return 0;
  return ninety.uploaded / sum(peers.map((peer) => peer.up * presence(peer, ninety.at)));
};

/** Of time with uplink: −1 when who has more is sooner done, always. */
export const timeByUplink: Measure = (record) =>
  rankCorrelation(
    leechers(record).map((peer) => timeOf(peer, record)),
    leechers(record).map(({ up }) => up),
  );

/** What the seed sent until a full copy was outside it. */
export const bytesOverFile: Measure = ({ sentForOneCopy }, { length }) =>
  (sentForOneCopy ?? Number.POSITIVE_INFINITY) / length;

/** How many times as long as contributors rivals take. */
export const slowdown: Measure = (record) =>
  mean(rivals(record).map((peer) => timeOf(peer, record))) / mean(contributorTimes(record));

/** Who got everything, of all leechers. */
export const completed: Measure = (record) => share(leechers(record));

/** The same of those who stay. */
export const completedStaying: Measure = (record) => share(staying(record));

/** How many stay long, while every piece has a holder until they have it. */
export const stayingCount: Measure = (record) => staying(record).length;

/** Seconds of the leecher whose uplink is in the middle. */
export const middleTime: Measure = (record) => {
  const middle = ofMiddleUplink(leechers(record));
  return middle === undefined ? Number.NaN : timeOf(middle, record);
};

/** Seconds from join to finish, or to the end of the run for whom it never came. */
function timeOf(peer: PeerRecord, { endedAt }: RunRecord): number {
  return ((peer.completedAt ?? endedAt) - peer.joinedAt) / SECOND;
}

function contributorTimes(record: RunRecord): number[] {
  return leechers(record)
    .filter(({ rival }) => rival === undefined)
    .map((peer) => timeOf(peer, record));
}

function leechers({ peers }: RunRecord): PeerRecord[] {
  return peers.filter(({ role }) => role === 'leecher');
}

function rivals(record: RunRecord): PeerRecord[] {
  return leechers(record).filter(({ rival }) => rival !== undefined);
}

function staying(record: RunRecord): PeerRecord[] {
  const { brokenAt = Number.POSITIVE_INFINITY, endedAt } = record;
  return leechers(record).filter(
    ({ leaves, completedAt, leftAt }) =>
      staysLong(leaves) && (completedAt !== undefined || (leftAt ?? endedAt) <= brokenAt),
  );
}

function share(peers: readonly PeerRecord[]): number {
  return peers.filter(({ completedAt }) => completedAt !== undefined).length / peers.length;
}

function presence({ joinedAt, leftAt }: PeerRecord, until: Time): number {
  return Math.max(Math.min(leftAt ?? until, until) - joinedAt, 0) / SECOND;
}
