import type { Bytes } from '../base/bytes.ts';
import type { PeerId } from '../base/ids.ts';
import { memberCheck } from '../content/keys.ts';
import { Acquaintances } from './acquaintances.ts';
import type { SwarmContext } from './context.ts';
import { DialPlanner } from './dialPlanner.ts';
import type { Introduced } from './io.ts';
import type { Relay, Way } from './way.ts';

/** Whom we know of, and by which way each can be reached. */
export class Introductions {
  readonly planner: DialPlanner;
  readonly acquaintances: Acquaintances;
  readonly #context: SwarmContext;
  #trackerReachable = true;

  constructor(context: SwarmContext) {
    this.#context = context;
    this.planner = new DialPlanner(context.random);
    this.acquaintances = new Acquaintances(context);
  }

  /** Remembers the members among those introduced. */
  introduce(introduced: readonly Introduced[], by: Relay): void {
    const { crypto, keys, peerId } = this.#context;
    const others = introduced.filter((each) => each.peerId !== peerId);
    const members = others.filter((each) => each.check === memberCheck(crypto, keys.check, each.peerId));
    for (const member of members) this.planner.introduce(this.#context.now, member.peerId, by);
    if (others.length === 0) return;
    this.#context.emit({ type: members.length > 0 ? 'membersFound' : 'strangersOnly' });
  }

  trackerIs(reachable: boolean): void {
    this.#trackerReachable = reachable;
  }

  /**
   * Whom to dial next. Who was introduced comes before those whom only peers tell of.
   *
   * @param taken who is not to be dialled.
   * @param mayTell whether a peer may be asked to pass signals for one connection more.
   */
  next(taken: (peer: PeerId) => boolean, mayTell: (teller: PeerId) => boolean): PeerId | undefined {
    const { planner, acquaintances } = this;
    const introduced = planner.next(this.#context.now, (id) => taken(id) || !this.#isReachable(id));
    if (introduced !== undefined) return introduced;
    const told = acquaintances.next(
      (id) => !taken(id) && !planner.knows(id) && !planner.isBanned(id),
      mayTell,
    );
    if (told !== undefined) planner.hearOf(told);
    return told;
  }

  /** The first of the ways there are, and after each failure the next. A lost tracker comes last. */
  wayTo(peer: PeerId): Way {
    const introducers = this.planner.introducers(peer);
    const tracker: readonly Way[] = introducers.has('tracker') ? ['tracker'] : [];
    const ways: readonly Way[] = [
      ...(this.#trackerReachable ? tracker : []),
      ...this.acquaintances.tellersOf(peer).map((teller) => ({ peer: teller })),
      ...(introducers.has('overlay') ? (['overlay'] as const) : []),
      ...(this.#trackerReachable ? [] : tracker),
    ];
    return ways[this.planner.failures(peer) % ways.length] ?? 'tracker';
  }

  relay(way: Way, to: PeerId, sealed: Bytes): void {
    if (typeof way === 'object') this.acquaintances.signal(way.peer, to, sealed);
    else this.#context.emit({ type: 'relay', to, sealed, by: way });
  }

  /** Somebody is left to pass signals to it. */
  #isReachable(peer: PeerId): boolean {
    return this.planner.introducers(peer).size > 0 || this.acquaintances.tellersOf(peer).length > 0;
  }
}
