import type { Time } from '../src/base/time.ts';
import { Network } from './network.ts';
import { PiecePool } from './piecePool.ts';
import { Referee } from './referee.ts';
import { SimContent } from './simContent.ts';
import { type PeerOptions, SimPeer } from './simPeer.ts';
import { SimTracker } from './simTracker.ts';
import type { Trace } from './trace.ts';
import { World } from './world.ts';

export interface SimulationOptions {
  /** A 32-bit integer; the same one gives the same run. */
  readonly seed: number;
  /** Bytes of the share, and of a piece of it. */
  readonly length: number;
  readonly pieceLength: number;
  /** Told of all that happens; without one, the run is quicker. */
  readonly trace?: Trace;
}

/** A swarm in a world of its own. Peers are added, now or later; then time runs. */
export class Simulation {
  readonly world: World;
  readonly content: SimContent;
  readonly tracker: SimTracker;
  readonly peers: SimPeer[] = [];
  readonly network: Network;
  readonly #referee: Referee;
  readonly #pool = new PiecePool();

  constructor({ seed, length, pieceLength, trace }: SimulationOptions) {
    this.world = new World(seed, trace);
    this.content = new SimContent(this.world.random.fork(), length, pieceLength);
    this.tracker = new SimTracker(this.world);
    this.#referee = new Referee(this.world, this.content);
    this.network = new Network(this.world, (endpoint) => this.#referee.closed(endpoint));
  }

  /** Joins at once. */
  add(options: PeerOptions): SimPeer {
    const surroundings = {
      world: this.world,
      network: this.network,
      tracker: this.tracker,
      referee: this.#referee,
      content: this.content,
      pool: this.#pool,
    };
    const peer = new SimPeer(surroundings, this.peers.length, options);
    this.peers.push(peer);
    peer.join();
    return peer;
  }

  /** A peer that is gone comes back with what it left, under a new peer id. */
  comeBack(peer: SimPeer): SimPeer {
    return this.add({ ...peer.options, has: peer.remains });
  }

  /** Every request that can be answered has been. */
  get settled(): boolean {
    return this.#referee.settled;
  }

  /** Everybody here has everything. */
  get allComplete(): boolean {
    return this.peers.every((peer) => peer.disk.complete);
  }

  /** @throws Violation when something happens that must never happen. */
  run(limit: Time, done: () => boolean = () => this.allComplete): 'done' | 'quiet' | 'limit' {
    const end = this.world.run(limit, done);
    this.#referee.checkAnswers();
    return end;
  }
}
