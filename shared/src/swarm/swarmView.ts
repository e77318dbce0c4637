import type { PeerId } from '../base/ids.ts';
import type { Meetings } from './connections.ts';
import type { WayType } from './way.ts';

/** Rates in bytes a second. */
export interface PeerView {
  readonly id: PeerId;
  readonly rateDown: number;
  readonly rateUp: number;
  /** How much of the content the peer says it has, 0 to 1. */
  readonly progress: number;
}

/** What can be seen of a swarm from outside. */
export interface SwarmView {
  readonly peers: readonly PeerView[];
  /** Piece bytes that came from peers and went to them, since the swarm began here. */
  readonly downloaded: number;
  readonly uploaded: number;
  readonly rateDown: number;
  readonly rateUp: number;
  /** How many were connected with, and when the last one, by way of whom. */
  readonly met: Readonly<Record<WayType, Meetings>>;
  /** Connected peers that tell of others. */
  readonly telling: number;
  /** Connected peers that have everything, as far as could be tried. */
  readonly copies: number;
}
