import { describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../src/base/time.ts';
import { Simulation } from '../simulation.ts';

const KIB = 1024;
const KBIT = 1000 / 8;
const LENGTH = 2 * KIB * KIB + 12_345;

/** One seeder and twenty leechers on home lines, who come within ten seconds and stay. */
function run(seed: number): Simulation {
  const simulation = new Simulation({ seed, length: LENGTH, pieceLength: 64 * KIB });
  const line = { up: 400 * KBIT, down: 1500 * KBIT };
  simulation.add({ name: 'seeder', has: 'all', up: 1000 * KBIT, down: 1500 * KBIT, latency: 20 });
  for (let number = 1; number <= 20; number++) {
    const { random } = simulation.world;
    const latency = 5 + 45 * random.next();
    simulation.world.after(10 * SECOND * random.next(), () =>
      simulation.add({ name: `leecher ${number}`, has: 'nothing', ...line, latency }),
    );
  }
  const end = simulation.run(30 * MINUTE, () => simulation.peers.length === 21 && simulation.allComplete);
  expect(end, `seed ${seed}`).toBe('done');
  return simulation;
}

describe('a swarm of twenty and a seeder', () => {
  const simulation = run(1);

  it('completes, every byte checked', () => {
    for (const peer of simulation.peers) {
      expect(peer.disk.complete).toBe(true);
      expect(peer.downloaded).toBeGreaterThanOrEqual(peer.name === 'seeder' ? 0 : LENGTH);
    }
  });

  it('shares the work: the seeder sends a fraction of what is received', () => {
    const [seeder, ...leechers] = simulation.peers;
    const received = leechers.reduce((sum, peer) => sum + peer.downloaded, 0);
    expect(received).toBeLessThan(20 * LENGTH * 1.02);
    expect(seeder!.uploaded).toBeLessThan(received / 3);
    for (const peer of leechers) expect(peer.uploaded).toBeGreaterThan(0);
  });

  it('happens again, event for event, from the same seed, and otherwise from another', () => {
    const again = run(1);
    expect([again.world.events, again.world.hash.value]).toEqual([
      simulation.world.events,
      simulation.world.hash.value,
    ]);
    expect(run(2).world.hash.value).not.toBe(simulation.world.hash.value);
  });
});
