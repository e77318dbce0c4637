import { describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../src/base/time.ts';
import { Reachability } from './reachability.ts';
import { freeRider } from './rivals/freeRider.ts';
import { Simulation } from './simulation.ts';
import { Violation } from './violation.ts';

describe('who watches whether everybody gets what can be had', () => {
  const line = { up: 100_000, down: 100_000, latency: 20 };

  function lookOn(simulation: Simulation, duration: number): string {
    const reachability = new Reachability(simulation);
    let last = 'nothing';
    for (let second = 0; second < duration / SECOND; second++) {
      simulation.run(simulation.world.now + SECOND, () => false);
      last = reachability.look();
    }
    return last;
  }

  function swarm(): Simulation {
    const simulation = new Simulation({ seed: 1, length: 100_000, pieceLength: 16_384 });
    simulation.add({ ...line, name: 'leecher', has: 'nothing' });
    return simulation;
  }

  it('is content once everybody has', () => {
    const simulation = swarm();
    simulation.add({ ...line, name: 'seeder', has: 'all' });
    expect(lookOn(simulation, MINUTE)).toBe('all-had');
  });

  it('objects when somebody stands still who could have a piece', () => {
    const simulation = swarm();
    simulation.network.split({ groupOf: (peer) => (peer === 'seeder' ? 1 : 0) });
    simulation.add({ ...line, name: 'seeder', has: 'all' });
    expect(lookOn(simulation, 9 * MINUTE)).toBe('wanting');
    expect(() => lookOn(simulation, 11 * MINUTE)).toThrow(Violation);
  });

  it('does not count who is gone, or does not give', () => {
    const simulation = swarm();
    simulation.add({ ...line, name: 'rider', has: 'all', rival: freeRider });
    simulation.add({ ...line, name: 'gone', has: 'all' }).crash();
    expect(lookOn(simulation, MINUTE)).toBe('all-had');
  });
});
