import { MINUTE, type Time } from '../src/base/time.ts';
import type { PieceIndex } from '../src/content/layout.ts';
import type { SimPeer } from './simPeer.ts';
import type { Simulation } from './simulation.ts';
import { Violation } from './violation.ts';

/** Whatever has to be waited for, a back-off or a turn, is over sooner. */
const PATIENCE = 10 * MINUTE;

interface Wanting {
  readonly peer: SimPeer;
  readonly piece: PieceIndex;
  readonly holder: SimPeer;
}

/** "A swarm completes as long as each piece is reachable somewhere honest": no world stands still before that. */
export class Reachability {
  readonly #simulation: Simulation;
  #state = '';
  #changedAt: Time = 0;

  constructor(simulation: Simulation) {
    this.#simulation = simulation;
  }

  /** Something has been done to the world: it has all its time again. */
  changed(): void {
    this.#changedAt = this.#simulation.world.now;
  }

  /**
   * To be asked now and then: whether each of our peers has all that it wants and others of ours have.
   *
   * @throws Violation when not, and nothing has come of it for long.
   */
  look(): 'all-had' | 'wanting' {
    const wanting = this.#firstWanting();
    if (wanting === undefined) return 'all-had';
    const { world, peers } = this.#simulation;
    const state = peers.map(({ present, pieces }) => `${String(present)}${pieces.size}`).join();
    if (state !== this.#state) this.changed();
    this.#state = state;
    if (world.now - this.#changedAt > PATIENCE) throw new Violation(world, describe(wanting));
    return 'wanting';
  }

  #firstWanting(): Wanting | undefined {
    const { content, peers } = this.#simulation;
    const ours = peers.filter((peer) => peer.present && peer.options.rival === undefined);
    for (const piece of content.layout.indices()) {
      const holder = ours.find(({ disk }) => disk.holds(piece));
      const peer = ours.find((each) => each.lacks(piece));
      if (holder !== undefined && peer !== undefined) return { peer, piece, holder };
    }
    return undefined;
  }
}

function describe({ peer, piece, holder }: Wanting): string {
  const connected = peer.neighbours.has(holder.peerId) ? 'connected with' : 'not connected with';
  const minutes = PATIENCE / MINUTE;
  return `${peer.name} has not got piece ${piece} in ${minutes} minutes: it is ${connected} ${holder.name}, who has it`;
}
