import type { LinkResult } from '../content/shareLink.ts';
import type { Time } from '../base/time.ts';
import type { SwarmView } from '../swarm/swarmView.ts';
import type { Share } from './share.ts';
import type { PeerSnapshot, ShareProblem, ShareSnapshot, ShareSummary, Way } from './snapshot.ts';
import { trackersReached } from './ways.ts';

/** What the list on the landing page shows of a share. */
export function summaryOf(share: Share, link: string | undefined): ShareSummary {
  const { content } = share;
  return {
    id: share.infoHash,
    role: share.record.role,
    state: share.state,
    title: content.title,
    size: content.size,
    done: content.done,
    link,
  };
}

/** What the list shows of a share being made. */
export function preparingSummary(snapshot: ShareSnapshot): ShareSummary {
  const { id, role, state, title, size, done, link } = snapshot;
  return { id, role, state, title, size, done, link };
}

/** What a share's own view shows. */
export function snapshotOf(
  share: Share,
  link: string | undefined,
  now: Time,
  tracker: ShareSnapshot['tracker'],
  ways: readonly Way[],
): ShareSnapshot {
  const { content, participation, presence } = share;
  const { announced, traffic, aloneSince } = presence;
  const view = participation?.view;
  const rateDown = view?.rateDown ?? 0;
  return {
    ...summaryOf(share, link),
    files: content.files,
    rateDown,
    rateUp: view?.rateUp ?? 0,
    eta: rateDown > 0 && !content.complete ? (content.size - content.done) / rateDown : undefined,
    ...traffic,
    peers: (view?.peers ?? []).map((peer): PeerSnapshot => ({
      ...peer,
      route: participation?.routeOf(peer.id) ?? 'unknown',
    })),
    ...(view && { met: metOf(view, now) }),
    copies: view?.copies ?? 0,
    // Who is refused has no way to look either.
    tracker: announced?.type === 'refused' ? 'unreachable' : trackersReached(ways, tracker),
    ways: [...ways, { type: 'peers', count: view?.peers.length ?? 0 }],
    members: announced?.type === 'announced' ? announced.seeders + announced.leechers - 1 : undefined,
    alone: aloneSince === undefined ? 0 : now - aloneSince,
    problem: share.problem,
  };
}

function metOf({ met, telling }: SwarmView, now: Time): NonNullable<ShareSnapshot['met']> {
  const since = ({ count, lastAt }: SwarmView['met']['tracker']) => ({
    count,
    ago: lastAt === undefined ? undefined : now - lastAt,
  });
  return {
    tracker: since(met.tracker),
    peers: { ...since(met.peers), telling },
    overlay: since(met.overlay),
  };
}

/** What is wrong with text that was to be a link. */
export function linkProblem(result: LinkResult): ShareProblem {
  switch (result.type) {
    case 'truncated':
      return { code: 'link-truncated', expected: result.expected, received: result.received };
    case 'mistyped':
      return { code: 'link-mistyped' };
    case 'empty':
    case 'malformed':
      return { code: 'link-malformed' };
    case 'link':
    case 'unsupported':
      return { code: 'link-unsupported' };
  }
}

/** A view of no share: only of what is wrong. */
export function problemSnapshot(problem: ShareProblem): ShareSnapshot {
  return { ...blankSnapshot, state: 'error', problem };
}

/** What can be shown of a link before anything is known of it. */
export const blankSnapshot: ShareSnapshot = {
  id: '',
  role: 'receiver',
  state: 'connecting',
  link: undefined,
  title: '',
  files: [],
  size: 0,
  done: 0,
  rateDown: 0,
  rateUp: 0,
  eta: undefined,
  downloaded: 0,
  uploaded: 0,
  peers: [],
  copies: 0,
  tracker: 'connecting',
  ways: [],
  members: undefined,
  alone: 0,
  problem: undefined,
};
