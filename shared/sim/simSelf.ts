import type { Introduced } from '../src/swarm/io.ts';
import type { MachineClock } from './machineClock.ts';
import type { PeerTraits } from './peerTraits.ts';
import type { Observed } from './referee.ts';
import type { Rival } from './rivals/rival.ts';

/** What every part of a simulated peer may know of the peer. */
export interface SimSelf {
  readonly peer: Observed & Introduced;
  /** Of the peer, in this run. */
  readonly number: number;
  readonly traits: PeerTraits;
  /** How it differs from ours, if it does. */
  readonly rival: Rival;
  readonly clock: MachineClock;
}
