import type { WayIn } from './ports.ts';
import type { ShareSnapshot, Way } from './snapshot.ts';

/**
 * What the page shows of the ways into a swarm.
 * @param named URLs that the link names; those that are not at work wait to be asked for.
 */
export function shownWays(ways: readonly WayIn[], named: readonly string[]): readonly Way[] {
  const shown = ways.map((way): Way => {
    if (way.type !== 'tracker') return way;
    return { type: 'tracker', host: hostOf(way.url), own: way.own, state: way.state };
  });
  const hosts = new Set(shown.flatMap((way) => (way.type === 'tracker' ? way.host : [])));
  const unasked = [...new Set(named.map(hostOf))]
    .filter((host) => !hosts.has(host))
    .map((host): Way => ({ type: 'tracker', host, own: false, state: { type: 'unasked' } }));
  return [...shown, ...unasked];
}

/** Whether any tracker is reached. @param otherwise when none is at work. */
export function trackersReached(
  ways: readonly Way[],
  otherwise: ShareSnapshot['tracker'],
): ShareSnapshot['tracker'] {
  const states = new Set(ways.flatMap((way) => (way.type === 'tracker' ? way.state.type : [])));
  if (states.has('connected')) return 'connected';
  if (states.has('connecting')) return 'connecting';
  return states.has('waiting') || states.has('refused') ? 'unreachable' : otherwise;
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
