import { expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../src/base/time.ts';
import { Simulation } from '../simulation.ts';

it('who comes when the seeder has crashed gets everything from the others', () => {
  const simulation = new Simulation({ seed: 1, length: 1_000_000, pieceLength: 65_536 });
  const line = { up: 100_000, down: 500_000, latency: 20 };
  const seeder = simulation.add({ ...line, name: 'seeder', has: 'all' });
  simulation.add({ ...line, name: 'first', has: 'nothing', completed: () => seeder.crash() });
  const late = { ...line, name: 'late', has: 'nothing' } as const;
  simulation.world.after(20 * SECOND, () => simulation.add(late));
  expect(simulation.run(MINUTE, () => simulation.peers.length === 3 && simulation.allComplete)).toBe('done');
  expect(seeder.present).toBe(false);
});
