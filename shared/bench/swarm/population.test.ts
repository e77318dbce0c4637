import { describe, expect, it } from 'vitest';
import { SECOND } from '../../src/base/time.ts';
import { SeededRandom } from '../../sim/seededRandom.ts';
import { ofMiddleUplink, populationOf } from './population.ts';
import { DEFAULT, PARETO, type Setting } from './setting.ts';
import { mean } from './statistics.ts';
import { KBIT, MBIT } from './units.ts';
import { staysLong } from './visits.ts';

function draw(differences: Partial<Setting> = {}, chance = 1) {
  const [seed, ...leechers] = populationOf({ ...DEFAULT, ...differences }, new SeededRandom(chance));
  return { seed: seed!, leechers };
}

describe('the population of a swarm', () => {
  it('is a seed and leechers who join within ten seconds, one after the other', () => {
    const { seed, leechers } = draw();
    const joins = leechers.map(({ joinsAt }) => joinsAt);
    expect(seed).toMatchObject({ role: 'seed', joinsAt: 0, leaves: 'never', up: 1000 * KBIT });
    expect(leechers).toHaveLength(100);
    expect(joins).toEqual(joins.toSorted((a, b) => a - b));
    expect(joins.at(-1)).toBeLessThan(10 * SECOND);
    expect(mean(joins)).toBeGreaterThan(4 * SECOND);
    for (const { latency } of leechers) expect(latency >= 5 && latency <= 50).toBe(true);
    for (const { up, leaves } of leechers) expect([up, leaves]).toEqual([400 * KBIT, 'when-finished']);
  });

  it('repeats itself from the same chance', () => {
    expect(draw({ ups: PARETO })).toEqual(draw({ ups: PARETO }));
    expect(draw({ ups: PARETO }, 2)).not.toEqual(draw({ ups: PARETO }));
  });

  it('draws uplinks of a cut Pareto distribution', () => {
    const ups = draw({ ups: PARETO, leechers: 5000 }).leechers.map(({ up }) => up);
    expect(Math.min(...ups)).toBeGreaterThanOrEqual(128 * KBIT);
    expect(Math.max(...ups)).toBeLessThanOrEqual(10 * MBIT);
    // Its mean by integration; about 449 kbit/s.
    const cut = 0.0128;
    const expected = ((1.2 / 0.2) * 128 * (1 - cut ** 0.2)) / (1 - cut ** 1.2);
    expect(mean(ups) / KBIT / expected).toBeCloseTo(1, 1);
  });

  it('has rivals in the share asked for, anywhere or first', () => {
    const some = { type: 'some', name: 'free-rider', share: 0.1 } as const;
    const places = (first: boolean) =>
      draw({ rivals: { ...some, first } }).leechers.flatMap(({ rival }, place) => (rival ? [place] : []));
    expect(places(true)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect(places(false)).toHaveLength(10);
    expect(places(false)).not.toEqual(places(true));
  });

  it('has one rival with the uplink in the middle, and otherwise the same peers', () => {
    const rivals = { type: 'one', name: 'tyrant' } as const;
    const [rivalled, plain] = [draw({ ups: PARETO, rivals }).leechers, draw({ ups: PARETO }).leechers];
    const middle = ofMiddleUplink(plain)!;
    expect(rivalled.filter(({ rival }) => rival === 'tyrant').map(({ name }) => name)).toEqual([middle.name]);
    expect(rivalled.map((plan) => ({ ...plan, rival: undefined }))).toEqual(plain);
  });

  it('has half of them leave early under churn', () => {
    const { seed, leechers } = draw({ arrivals: 'poisson', leaving: 'churn', leechers: 2000 });
    expect(seed.leaves).toBe('when-another-finished');
    const staying = leechers.filter(({ leaves }) => staysLong(leaves)).length;
    expect(staying / 2000).toBeCloseTo(0.5, 1);
    expect(leechers.at(-1)!.joinsAt / 2000 / (3 * SECOND)).toBeCloseTo(1, 1);
  });
});
