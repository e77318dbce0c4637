import type { PeerId } from '../../src/base/ids.ts';
import type { Random } from '../../src/base/random.ts';
import type { Time } from '../../src/base/time.ts';
import type { TokenBucket } from '../../src/base/tokenBucket.ts';
import { Choker } from '../../src/swarm/choker.ts';
import type { Peer } from '../../src/swarm/peer.ts';
import type { ChokePolicy } from '../../src/swarm/policies.ts';
import { equalSplit, TyrantEstimate } from './tyrantEstimate.ts';

/**
 * Each round the peers are ranked by what they give for what it takes to have them give, and unchoked in that order
 * until the uplink is used up, each with no more than it takes. Nobody is unchoked optimistically. With everything
 * had, it seeds as ours do.
 */
export class TyrantChoker implements ChokePolicy {
  readonly #capacity: number;
  readonly #pieceLength: number;
  readonly #seeder: Choker<PeerId>;
  readonly #estimates = new Map<PeerId, TyrantEstimate>();
  #active: ReadonlySet<PeerId> = new Set();
  #seeding = false;

  /** @param capacity of the uplink, in bytes a second. */
  constructor(random: Random, capacity: number, pieceLength: number) {
    this.#seeder = new Choker(random);
    this.#capacity = capacity;
    this.#pieceLength = pieceLength;
  }

  rechoke(now: Time, peers: readonly Peer[], seeding: boolean, slots?: number): ReadonlySet<PeerId> {
    this.#seeding = seeding;
    if (seeding) return this.#seeder.rechoke(now, peers, seeding, slots);
    for (const peer of peers) this.#estimateOf(peer, now).learn(now, peer, this.#active.has(peer.id));
    this.#active = new Set(this.#affordable(now, peers));
    return this.#active;
  }

  unchokeAtOnce(now: Time, peer: Peer, peers: Iterable<Peer>): boolean {
    return this.#seeding && this.#seeder.unchokeAtOnce(now, peer, peers);
  }

  limitOf(peer: PeerId): TokenBucket | undefined {
    return this.#seeding ? undefined : this.#estimates.get(peer)?.allowance;
  }

  #affordable(now: Time, peers: readonly Peer[]): PeerId[] {
    const ranked = peers
      .filter((peer) => peer.interested && peer.interesting)
      .map((peer) => ({ id: peer.id, estimate: this.#estimateOf(peer, now) }))
      .sort((a, b) => b.estimate.worth - a.estimate.worth);
    let spent = 0;
    return ranked
      .filter(({ estimate }, place) => {
        spent += estimate.cost;
        return spent <= this.#capacity || place === 0;
      })
      .map(({ id }) => id);
  }

  #estimateOf(peer: Peer, now: Time): TyrantEstimate {
    const known = this.#estimates.get(peer.id);
    // The paper starts from measured uplinks; here a peer passes for one like the tyrant at first.
    const usual = equalSplit(this.#capacity);
    const estimate = known ?? new TyrantEstimate(now, peer, this.#pieceLength, usual);
    this.#estimates.set(peer.id, estimate);
    return estimate;
  }
}
