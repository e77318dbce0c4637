import { MINUTE } from '../../src/base/time.ts';
import type { RivalKind } from '../rivals/rival.ts';
import type { PeerOptions, SimPeer } from '../simPeer.ts';
import { Simulation } from '../simulation.ts';

const KIB = 1024;
const KBIT = 1000 / 8;

export const LENGTH = 1024 * KIB;

interface Company {
  readonly seed: number;
  readonly rival: RivalKind;
  readonly has: PeerOptions['has'];
  /** How many of them there are; three unless said. */
  readonly rivals?: number;
}

/** What became of a seeder and eight leechers, and of the rivals that were there before them. */
export interface Outcome {
  readonly simulation: Simulation;
  readonly honest: readonly SimPeer[];
  readonly rivals: readonly SimPeer[];
  /** How long it took until all the honest had everything, in milliseconds. With nobody to disturb them, 45 seconds. */
  readonly took: number;
}

/** Runs until the honest have everything, which must not take ten minutes. */
export function amongHonest({ seed, rival, has, rivals = 3 }: Company): Outcome {
  const simulation = new Simulation({ seed, length: LENGTH, pieceLength: 64 * KIB });
  const line = { up: 400 * KBIT, down: 1500 * KBIT, latency: 20 };
  const fast = { ...line, up: 8000 * KBIT };
  const liars = Array.from({ length: rivals }, (_, number) =>
    simulation.add({ ...fast, name: `rival ${number + 1}`, has, rival }),
  );
  const honest = [simulation.add({ ...line, name: 'seeder', has: 'all' })];
  for (let number = 1; number <= 8; number++)
    honest.push(simulation.add({ ...line, name: `leecher ${number}`, has: 'nothing' }));
  const end = simulation.run(10 * MINUTE, () => honest.every(({ disk }) => disk.complete));
  if (end !== 'done') throw new Error(`seed ${seed}: not all have everything after ten minutes`);
  return { simulation, honest, rivals: liars, took: simulation.world.now };
}

/** Why this peer dropped those, each time. */
export function reasons(peer: SimPeer, those: readonly SimPeer[]): string[] {
  return peer.dropped
    .filter((each) => those.some(({ peerId }) => peerId === each.peer))
    .map(({ reason, banned }) => (banned ? `${reason}, banned` : reason));
}

/** Those of them that this peer is connected with and takes for snubbing it. */
export function snubbing(peer: SimPeer, those: readonly SimPeer[]): SimPeer[] {
  return those.filter(({ peerId }) => peer.neighbours.get(peerId)?.snubbed === true);
}
