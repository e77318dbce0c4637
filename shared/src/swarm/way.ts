import type { PeerId } from '../base/ids.ts';

/** Who passes signals on, outside the swarm: the host takes them there. */
export type Relay = 'tracker' | 'overlay';

/** By whom signals pass to somebody: a relay, or a peer that both are connected with. */
export type Way = Relay | { readonly peer: PeerId };

/** What a way is: for counting. */
export type WayType = Relay | 'peers';

export function typeOfWay(way: Way): WayType {
  return typeof way === 'string' ? way : 'peers';
}
