import { MINUTE } from '../../src/base/time.ts';
import type { PeerOptions, SimPeer } from '../simPeer.ts';
import { Simulation } from '../simulation.ts';
import type { Trace } from '../trace.ts';

const KIB = 1024;
const KBIT = 1000 / 8;

export const LENGTH = 1024 * KIB;

/** A home's line: how fast, and how far away. */
export const LINE = { up: 1000 * KBIT, down: 4000 * KBIT, latency: 20 };

/** A seeder and leechers at home, who begin together and stay. */
export class Homes {
  readonly simulation: Simulation;
  readonly seeder: SimPeer;
  readonly leechers: readonly SimPeer[];
  /** Who has taken whom for snubbing it, at any time, or has dropped somebody, and why. */
  readonly blame = new Set<string>();

  /** @param all what is to be said of everybody. */
  constructor(leechers: number, all: Partial<PeerOptions> = {}, trace?: Trace) {
    this.simulation = new Simulation({
      seed: 1,
      length: LENGTH,
      pieceLength: 64 * KIB,
      ...(trace && { trace }),
    });
    this.seeder = this.simulation.add({ ...LINE, ...all, name: 'seeder', has: 'all' });
    this.leechers = Array.from({ length: leechers }, (_, number) =>
      this.simulation.add({ ...LINE, ...all, name: `leecher ${number + 1}`, has: 'nothing' }),
    );
  }

  get now(): number {
    return this.simulation.world.now;
  }

  /** Goes on until these have everything, which must not take an hour, and says when that was, in milliseconds. */
  complete(peers: readonly SimPeer[] = this.leechers): number {
    const end = this.#run(this.now + 60 * MINUTE, () => peers.every(({ disk }) => disk.complete));
    if (end !== 'done') throw new Error('not all have everything after an hour');
    return this.now;
  }

  /** Goes on until this peer has so many pieces, which must not take a minute. */
  until(peer: SimPeer, pieces: number): void {
    const end = this.#run(this.now + MINUTE, () => peer.pieces.size >= pieces);
    if (end !== 'done') throw new Error(`${peer.name} has only ${peer.pieces.size} pieces after a minute`);
  }

  /** Lets so many milliseconds pass. */
  pass(duration: number): void {
    this.#run(this.now + duration, () => false);
  }

  #run(limit: number, done: () => boolean): string {
    return this.simulation.run(limit, () => {
      this.#noteBlame();
      return done();
    });
  }

  #noteBlame(): void {
    for (const { name, neighbours, dropped } of this.simulation.peers) {
      for (const { snubbed } of neighbours.values()) if (snubbed) this.blame.add(`${name}: snubbed`);
      for (const { reason } of dropped) this.blame.add(`${name}: ${reason}`);
    }
  }
}
