import { SECOND, type Time } from '../../src/base/time.ts';
import { TokenBucket } from '../../src/base/tokenBucket.ts';
import type { Peer } from '../../src/swarm/peer.ts';

/** The constants of Piatek et al., "Do incentives build robustness in BitTorrent?", NSDI 2007, section 4. */
const DELTA = 0.2;
const GAMMA = 0.1;
const ROUNDS = 3;
const KB = 1000;

/** What a tyrant believes of one peer, in bytes a second. */
export class TyrantEstimate {
  /** No more goes to the peer than it costs. */
  readonly allowance: TokenBucket;
  readonly #pieceLength: number;
  readonly #since: Time;
  readonly #hadBefore: number;
  #cost: number;
  #gain: number;
  #rounds = 0;

  /** @param usual what the usual peer gives each of its partners: this one too, until more is known of it. */
  constructor(now: Time, peer: Peer, pieceLength: number, usual: number) {
    this.allowance = new TokenBucket(usual);
    this.#cost = usual;
    this.#gain = usual;
    this.#pieceLength = pieceLength;
    this.#since = now;
    this.#hadBefore = had(peer);
  }

  /** What it takes to be unchoked by it: the paper's u. */
  get cost(): number {
    return this.#cost;
  }

  /** What it gives, the paper's d, for what it costs. */
  get worth(): number {
    return this.#gain / this.#cost;
  }

  /** @param active whether it was unchoked in the round that has just ended. */
  learn(now: Time, peer: Peer, active: boolean): void {
    this.#rounds = peer.chokesUs ? 0 : this.#rounds + 1;
    // In its first round it has had no time to give what it will give.
    if (this.#rounds > 1) this.#gain = peer.received.rate(now);
    else if (peer.received.total === 0) this.#gain = this.#equalSplit(now, peer) ?? this.#gain;
    if (active && peer.chokesUs) this.#change(1 + DELTA);
    else if (active && this.#rounds >= ROUNDS) this.#change(1 - GAMMA);
  }

  #change(factor: number): void {
    this.#cost *= factor;
    this.allowance.limit(this.#cost);
  }

  /** What it would give each of its partners, by the rate at which it has announced pieces: what comes in goes out. */
  #equalSplit(now: Time, peer: Peer): number | undefined {
    const pieces = had(peer) - this.#hadBefore;
    if (pieces === 0) return undefined;
    return equalSplit((pieces * this.#pieceLength * SECOND) / Math.max(now - this.#since, SECOND));
  }
}

function had({ claims }: Peer): number {
  return claims.bitfield?.count ?? 0;
}

/** What each partner of a peer gets, by its uplink. */
export function equalSplit(uplink: number): number {
  return uplink / partners(uplink / KB);
}

/** How many the reference client of the time unchoked, by its uplink in kB/s (BitTorrent 4.4, `_max_uploads`). */
function partners(uplink: number): number {
  if (uplink < 9) return 2;
  if (uplink < 15) return 3;
  if (uplink < 42) return 4;
  return Math.floor(Math.sqrt(0.6 * uplink));
}
