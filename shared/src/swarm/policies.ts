import type { PeerId } from '../base/ids.ts';
import type { Random } from '../base/random.ts';
import type { Time } from '../base/time.ts';
import type { TokenBucket } from '../base/tokenBucket.ts';
import { Choker } from './choker.ts';
import type { Peer } from './peer.ts';
import type { Precedence } from './precedence.ts';

/** Decides who may request from us. Every peer of ours has a `Choker`. */
export interface ChokePolicy {
  /**
   * Who is to be unchoked from now on, everybody else being choked. Asked every ten seconds.
   *
   * @param slots how many, unless the policy knows better.
   */
  rechoke(now: Time, peers: readonly Peer[], seeding: boolean, slots?: number): ReadonlySet<PeerId>;
  /** Between two rechokes: whether a choked peer that has become interested is unchoked at once. */
  unchokeAtOnce(now: Time, peer: Peer, peers: Iterable<Peer>): boolean;
  /** The uplink lies idle: who, if anybody, is unchoked beside the others from now on. */
  unchokeAnother?(now: Time, peers: readonly Peer[]): PeerId | undefined;
  /** When an unchoked peer is served. */
  precedenceOf?(now: Time, peer: Peer): Precedence;
  /** How much of our uplink goes to an unchoked peer, when it is not to be all it takes. */
  limitOf?(peer: PeerId): TokenBucket | undefined;
}

/** What a peer decides by. Whoever simulates a rival hands in others than ours. */
export interface Policies {
  readonly choke: ChokePolicy;
  /** With so many connections nobody is dialled any more. */
  readonly maxPeers: number;
}

export function productionPolicies(random: Random): Policies {
  return { choke: new Choker<PeerId>(random), maxPeers: 30 };
}
