import { describe, expect, it } from 'vitest';
import { SECOND } from '../../src/base/time.ts';
import { Homes, LENGTH } from './homes.ts';

/** A browser notices after 5 s, and the path has 2 s more. */
const NOTICED = 9 * SECOND;
const TOLD = 4 * SECOND;

/** Row 31: two who are alone, of whom one gets another address in mid-transfer. */
function moved(whose: 'seeder' | 'leecher'): Homes {
  const homes = new Homes(1);
  homes.pass(5 * SECOND);
  homes.simulation.network.readdress(whose === 'seeder' ? 'seeder' : 'leecher 1');
  return homes;
}

/** How long it takes until the leecher is given something again. */
function resumption(homes: Homes): number {
  const [leecher] = homes.leechers;
  const movedAt = homes.now;
  homes.until(leecher!, leecher!.pieces.size + 1);
  return homes.now - movedAt;
}

function expectNoBlame(homes: Homes): void {
  const harmless = ['path-lost', 'replaced'];
  const reasons = homes.simulation.peers.flatMap(({ dropped }) => dropped.map(({ reason }) => reason));
  expect(reasons.filter((reason) => !harmless.includes(reason))).toEqual([]);
  expect(homes.leechers[0]!.downloaded).toBeLessThan(1.1 * LENGTH);
}

describe.each(['seeder', 'leecher'] as const)('row 31: a %s that gets another address', (whose) => {
  it('and is told so: a new connection, at once', () => {
    const homes = moved(whose);
    const { leechers, seeder } = homes;
    (whose === 'seeder' ? seeder : leechers[0]!).tellNetworkChanged();
    expect(resumption(homes)).toBeLessThan(TOLD);
    homes.complete();
    expectNoBlame(homes);
  });

  it('and only sees its connections go: a new one as soon as the browser is sure', () => {
    const homes = moved(whose);
    (whose === 'seeder' ? homes.seeder : homes.leechers[0]!).loseTracker();
    expect(resumption(homes)).toBeLessThan(NOTICED);
    homes.complete();
    expectNoBlame(homes);
  });
});

describe('row 31: a network that is said to have changed and has not', () => {
  it('keeps its connections: what comes over them shows that they are there', () => {
    const homes = new Homes(1);
    homes.pass(5 * SECOND);
    homes.leechers[0]!.tellNetworkChanged();
    homes.complete();
    expect(homes.simulation.peers.flatMap(({ dropped }) => dropped)).toEqual([]);
  });
});

describe('row 31: a network that goes away and comes back with the same address', () => {
  it.each([true, false])('goes on with the same connections, told (%s) or not', (told) => {
    const homes = new Homes(1);
    homes.pass(5 * SECOND);
    homes.simulation.network.unplug('seeder');
    homes.pass(15 * SECOND);
    homes.simulation.network.plugIn('seeder');
    if (told) homes.seeder.tellNetworkChanged();
    expect(resumption(homes)).toBeLessThan(TOLD);
    expect(homes.simulation.peers.flatMap(({ dropped }) => dropped)).toEqual([]);
  });
});
