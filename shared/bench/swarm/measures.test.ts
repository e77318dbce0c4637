import { describe, expect, it } from 'vitest';
import { SECOND } from '../../src/base/time.ts';
import * as measures from './measures.ts';
import type { PeerRecord, RunRecord } from './record.ts';
import { DEFAULT, type Setting } from './setting.ts';

const setting: Setting = { ...DEFAULT, length: 1000 };

function peer(differences: Partial<PeerRecord>): PeerRecord {
  return {
    role: 'leecher',
    rival: undefined,
    leaves: 'when-finished',
    up: 10,
    down: 50,
    joinedAt: 0,
    completedAt: undefined,
    leftAt: undefined,
    uploaded: 0,
    downloaded: 1000,
    ...differences,
  };
}

const seed = peer({ role: 'seed', up: 20, downloaded: 0, uploaded: 1000, leaves: 'never' });

function record(leechers: readonly PeerRecord[], differences: Partial<RunRecord> = {}): RunRecord {
  return {
    end: 'done',
    endedAt: 500 * SECOND,
    hash: '',
    events: 0,
    peers: [seed, ...leechers],
    sentForOneCopy: undefined,
    ninety: undefined,
    brokenAt: undefined,
    cost: { wallSeconds: 0, peakMiB: 0 },
    ...differences,
  };
}

const done = (from: number, to: number, differences: Partial<PeerRecord> = {}) =>
  peer({ joinedAt: from * SECOND, completedAt: to * SECOND, ...differences });

describe('measures of a run', () => {
  it("compare each peer's own time with the bound", () => {
    // The bound: 2 · 1000 / (20 + 10 + 10) = 50 s, like 1000 / 20.
    const run = record([done(0, 60), done(5, 85)]);
    expect(measures.boundOf(run, setting)).toBe(50);
    expect(measures.meanOverBound(run, setting)).toBeCloseTo(70 / 50);
    expect(measures.p95OverBound(run, setting)).toBeCloseTo(80 / 50);
    expect(measures.lastOverBound(run, setting)).toBeCloseTo(80 / 50);
  });

  it('take a peer that never finished to have taken until the end', () => {
    expect(measures.lastTime(record([done(0, 60), peer({ joinedAt: 20 * SECOND })]), setting)).toBe(480);
  });

  it('count what leechers sent to one another', () => {
    // The uplinks could carry 10 · 60 + 10 · 80.
    const run = record([done(0, 60, { uploaded: 400 }), done(5, 85, { uploaded: 600 })]);
    expect(measures.leecherUtilisation(run, setting)).toBeCloseTo(1000 / 1400);
  });

  it('count the use of all uplinks until nine of ten have finished', () => {
    const leechers = [done(0, 60), done(20, 120, { leftAt: 120 * SECOND }), done(110, 130)];
    const run = record(leechers, { ninety: { at: 100 * SECOND, uploaded: 2400 } });
    // The seed 20 · 100, then 10 · 100 and 10 · 80; the last had not come.
    expect(measures.uplinkUse(run, setting)).toBeCloseTo(2400 / 3800);
    expect(measures.uplinkUse(record(leechers), setting)).toBe(0);
  });

  it('correlate time with uplink, and find who is in the middle', () => {
    const run = record([done(0, 90, { up: 1 }), done(0, 50, { up: 5 }), done(0, 20, { up: 9 })]);
    expect(measures.timeByUplink(run, setting)).toBeCloseTo(-1);
    expect(measures.middleTime(run, setting)).toBe(50);
  });

  it('leave rivals out of the bound and compare them with contributors', () => {
    const run = record([done(0, 60), done(0, 80), done(0, 210, { rival: 'free-rider' })]);
    expect(measures.boundOf(run, setting)).toBe(50);
    expect(measures.meanOverBound(run, setting)).toBeCloseTo(70 / 50);
    expect(measures.slowdown(run, setting)).toBeCloseTo(3);
    expect(measures.completed(run, setting)).toBe(1);
    expect(measures.completed(record([done(0, 60), peer({})]), setting)).toBe(0.5);
  });

  it('compare what the seed sent with the file', () => {
    expect(measures.bytesOverFile(record([], { sentForOneCopy: 1040 }), setting)).toBe(1.04);
    expect(measures.bytesOverFile(record([]), setting)).toBe(Number.POSITIVE_INFINITY);
  });

  it('expect completion of those alone who stay, and while it is possible', () => {
    const stays = { leaves: { after: 180 * SECOND }, leftAt: 180 * SECOND };
    const early = peer({ leaves: { after: 20 * SECOND }, leftAt: 20 * SECOND });
    const of = (brokenAt?: number) => record([early, peer(stays), done(0, 90, stays)], { brokenAt });
    expect(measures.completedStaying(of(), setting)).toBe(0.5);
    expect(measures.stayingCount(of(), setting)).toBe(2);
    expect(measures.completedStaying(of(100 * SECOND), setting)).toBe(1);
    expect(measures.stayingCount(of(100 * SECOND), setting)).toBe(1);
    expect(measures.completedStaying(of(200 * SECOND), setting)).toBe(0.5);
  });
});
