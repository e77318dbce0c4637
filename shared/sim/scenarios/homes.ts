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
    const end = this.simulation.run(this.now + 60 * MINUTE, () => peers.every(({ disk }) => disk.complete));
    if (end !== 'done') throw new Error('not all have everything after an hour');
    return this.now;
  }

  /** Lets so many milliseconds pass. */
  pass(duration: number): void {
    this.simulation.run(this.now + duration, () => false);
  }
}

/** Those whom a peer takes for snubbing it, and those it has dropped, with the reason. */
export function blamedBy(peer: SimPeer): string[] {
  const snubbed = [...peer.neighbours.values()].filter((each) => each.snubbed).map(() => 'snubbed');
  return [...snubbed, ...peer.dropped.map(({ reason }) => reason)];
}
