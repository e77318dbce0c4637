import { describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../src/base/time.ts';
import type { RivalKind } from '../rivals/rival.ts';
import { tyrant } from '../rivals/tyrant.ts';
import type { SimPeer } from '../simPeer.ts';
import { Simulation } from '../simulation.ts';

const KIB = 1024;
const KBIT = 1000 / 8;
const LENGTH = 2048 * KIB;

interface Run {
  readonly one: SimPeer;
  readonly others: readonly SimPeer[];
  /** Bytes that the one uploaded until it had everything. */
  readonly gave: number;
}

/** A seeder, eleven leechers of very different uplinks, and one with a usual one that may be a rival. */
function run(rival?: RivalKind): Run {
  const simulation = new Simulation({ seed: 1, length: LENGTH, pieceLength: 64 * KIB });
  const line = { down: 8000 * KBIT, latency: 20 };
  const others = [simulation.add({ ...line, name: 'seeder', has: 'all', up: 1000 * KBIT })];
  for (let number = 1; number <= 11; number++)
    simulation.world.after(number * SECOND, () =>
      others.push(
        simulation.add({ ...line, name: `leecher ${number}`, has: 'nothing', up: (2400 / number) * KBIT }),
      ),
    );
  let gave: number | undefined;
  const completed = (peer: SimPeer) => (gave = peer.uploaded);
  const usual = { ...line, name: 'one', has: 'nothing', up: 400 * KBIT, completed } as const;
  const one = simulation.add(rival === undefined ? usual : { ...usual, rival });
  const done = () => others.length === 12 && simulation.allComplete && gave !== undefined;
  expect(simulation.run(10 * MINUTE, done)).toBe('done');
  return { one, others, gave: gave ?? 0 };
}

describe('a tyrant among the honest', () => {
  const [honest, tyrannic] = [run(), run(tyrant)];

  it('completes, and so does everybody else', () => {
    for (const peer of [tyrannic.one, ...tyrannic.others]) expect(peer.disk.complete).toBe(true);
  });

  it('gives, but less than one of ours would', () => {
    expect(tyrannic.gave).toBeGreaterThan(0);
    expect(tyrannic.gave).toBeLessThan(honest.gave);
  });
});
