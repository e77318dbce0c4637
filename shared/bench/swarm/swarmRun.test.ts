import { describe, expect, it } from 'vitest';
import type { RunRecord } from './record.ts';
import { DEFAULT, type Setting } from './setting.ts';
import { SwarmRun } from './swarmRun.ts';
import { KIB } from './units.ts';

const SMALL: Setting = { ...DEFAULT, leechers: 4, length: 512 * KIB };

function run(differences: Partial<Setting> = {}, seed = 1) {
  const { cost, ...record } = new SwarmRun({ ...SMALL, ...differences }, seed).run();
  expect(cost.wallSeconds).toBeGreaterThan(0);
  return record;
}

const leechers = ({ peers }: Pick<RunRecord, 'peers'>) => peers.filter(({ role }) => role === 'leecher');

describe('a measured run', () => {
  const record = run();

  it('ends when everybody has everything, and each has left by then', () => {
    expect(record.end).toBe('done');
    expect(record.peers[0]).toMatchObject({ role: 'seed', joinedAt: 0, leftAt: undefined });
    expect(leechers(record)).toHaveLength(4);
    for (const { completedAt, leftAt, joinedAt, downloaded } of leechers(record)) {
      expect(completedAt).toBeGreaterThan(joinedAt);
      expect(leftAt).toBe(completedAt);
      expect(downloaded).toBeGreaterThanOrEqual(SMALL.length);
    }
  });

  it('notices when a copy is out, and when nine of ten have finished', () => {
    expect(record.sentForOneCopy).toBeGreaterThanOrEqual(SMALL.length);
    const times = leechers(record).map(({ completedAt }) => completedAt ?? 0);
    expect(record.ninety?.at).toBe(Math.max(...times));
    expect(record.ninety?.uploaded).toBeGreaterThanOrEqual(4 * SMALL.length);
    expect(record.brokenAt).toBeUndefined();
  });

  it('happens again from the same seed, and otherwise from another', () => {
    expect(run()).toEqual(record);
    expect(run({}, 2).hash).not.toBe(record.hash);
  });

  it('keeps who stays, and lets those go who leave early and the seed when another has everything', () => {
    for (const { leftAt } of run({ leaving: 'never' }).peers) expect(leftAt).toBeUndefined();
    const churn = run({ leaving: 'churn', arrivals: 'poisson' });
    const [seed, ...others] = churn.peers;
    const first = Math.min(...others.map(({ completedAt }) => completedAt ?? Number.POSITIVE_INFINITY));
    expect(seed?.leftAt).toBe(first);
    for (const { leaves, joinedAt, leftAt } of others)
      if (typeof leaves === 'object' && leftAt !== undefined)
        expect(leftAt - joinedAt).toBeCloseTo(leaves.after);
  });
});
