import { MINUTE, SECOND } from '../../src/base/time.ts';
import type { RivalKind } from '../rivals/rival.ts';
import type { SimPeer } from '../simPeer.ts';
import { Simulation } from '../simulation.ts';

const KIB = 1024;
const KBIT = 1000 / 8;
const LEECHERS = 20;

interface Crowd {
  readonly rival: RivalKind;
  readonly riders: number;
  /** `first`: before everybody else. `among`: like everybody, within ten seconds. */
  readonly come: 'first' | 'among';
}

/** What became of the riders. */
export interface Reward {
  readonly riders: readonly SimPeer[];
  /** How many times as long as those who gave they took, in the mean. */
  readonly slowdown: number;
}

/**
 * A seeder for twenty leechers with like lines, some of whom ride free; all leave when they have everything, which must
 * be within half an hour. Twice, because chance has its part in who is served first.
 */
export function amongContributors(crowd: Crowd): Reward {
  const runs = [2, 3].map((seed) => run(seed, crowd));
  return {
    riders: runs.flatMap(({ riders }) => riders),
    slowdown: mean(runs.map(({ slowdown }) => slowdown)),
  };
}

function run(seed: number, { rival, riders: count, come }: Crowd): Reward {
  const simulation = new Simulation({ seed, length: 3072 * KIB, pieceLength: 16 * KIB });
  const { world } = simulation;
  const line = { up: 400 * KBIT, down: 1500 * KBIT, latency: 20 };
  simulation.add({ ...line, name: 'seeder', has: 'all', up: 1000 * KBIT });
  const riders: SimPeer[] = [];
  const contributors: SimPeer[] = [];
  for (let number = 0; number < LEECHERS; number++) {
    const rides = number < count;
    const leecher = { ...line, name: `leecher ${number}`, has: 'nothing', completed: leave } as const;
    world.after(rides && come === 'first' ? 0 : 10 * SECOND * world.random.next(), () =>
      rides ? riders.push(simulation.add({ ...leecher, rival })) : contributors.push(simulation.add(leecher)),
    );
  }
  const all = () => riders.length + contributors.length === LEECHERS && simulation.allComplete;
  if (simulation.run(30 * MINUTE, all) !== 'done')
    throw new Error(`seed ${seed}: not all have everything after half an hour`);
  return { riders, slowdown: meanTime(riders) / meanTime(contributors) };
}

function leave(peer: SimPeer): void {
  peer.leave();
}

function meanTime(peers: readonly SimPeer[]): number {
  return mean(peers.map(({ joinedAt, completedAt }) => (completedAt ?? Number.NaN) - joinedAt));
}

function mean(numbers: readonly number[]): number {
  return numbers.reduce((sum, each) => sum + each, 0) / numbers.length;
}
