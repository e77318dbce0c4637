import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SECOND } from '../base/time.ts';
import { LanePolicy, MOST_LANES } from './lanePolicy.ts';

const KIB = 1024;
const MIB = 1024 * KIB;

/** Looks once a second; lanes open until the next look. Returns how many there were each time. */
function watch(
  policy: LanePolicy,
  looks: number,
  goodput: (lanes: number) => number,
  { roundTrip = 50, busy = true, most = MOST_LANES, from = 0, lanes = 1 } = {},
): number[] {
  const counts: number[] = [];
  for (let look = from; look < from + looks; look++) {
    const sight = { now: look * SECOND, lanes, received: goodput(lanes), busy, roundTrip };
    lanes = Math.min(policy.wanted(sight), most);
    counts.push(lanes);
  }
  return counts;
}

describe('LanePolicy', () => {
  it('has one lane in the same house', () => {
    expect(new Set(watch(new LanePolicy(), 60, (lanes) => lanes, { roundTrip: 5 }))).toEqual(new Set([1]));
  });

  it('has four ready for who is far, and keeps them while they are of use', () => {
    const policy = new LanePolicy();
    expect(policy.prepare(0)).toBe(4);
    const counts = watch(policy, 40, (lanes) => Math.min(lanes, 4) * MIB, { lanes: 4 });
    expect(new Set(counts)).toEqual(new Set([4]));
  });

  it('lets go what was made ready when nothing is asked for, and makes it ready again', () => {
    const policy = new LanePolicy();
    policy.prepare(0);
    const idle = { lanes: 4, received: 0, busy: false, roundTrip: Number.POSITIVE_INFINITY };
    const counts = Array.from({ length: 30 }, (_, look) => policy.wanted({ ...idle, now: look * SECOND }));
    expect([counts[0], counts.at(-1)]).toEqual([4, 1]);
    expect(policy.prepare(30 * SECOND)).toBe(4);
  });

  it('lets go what was made ready for who is near after all, and believes what it has seen', () => {
    const policy = new LanePolicy();
    policy.prepare(0);
    expect(watch(policy, 5, () => MIB, { lanes: 4, roundTrip: 5 }).at(-1)).toBe(1);
    expect(policy.prepare(6 * SECOND)).toBe(1);
  });

  it('has as many as bring more, soon', () => {
    const counts = watch(new LanePolicy(), 12, (lanes) => lanes);
    expect(counts.at(-1)).toBe(MOST_LANES);
    expect(watch(new LanePolicy(), 30, (lanes) => Math.min(lanes, 4)).at(-1)).toBe(4);
  });

  it('tries no more than four while each carries enough in a round trip to recover by itself', () => {
    const sound = watch(new LanePolicy(), 60, (lanes) => Math.min(lanes * 1.5, 4) * MIB);
    expect(sound.at(-1)).toBe(4);
    expect(sound).not.toContain(MOST_LANES);
    expect(watch(new LanePolicy(), 12, (lanes) => lanes * 64 * KIB).at(-1)).toBe(MOST_LANES);
  });

  it('goes back to one where more bring nothing, and tries ever more rarely', () => {
    const counts = watch(new LanePolicy(), 300, () => 1);
    const tries = counts.filter((count, place) => count > 1 && counts[place - 1] === 1).length;
    expect(counts.at(-1)).toBe(1);
    expect(tries).toBeGreaterThan(2);
    expect(tries).toBeLessThan(8);
  });

  it('has fewer again when the line has become better', () => {
    const policy = new LanePolicy();
    expect(watch(policy, 40, (lanes) => lanes * KIB).at(-1)).toBe(MOST_LANES);
    expect(watch(policy, 1200, () => MOST_LANES * KIB, { from: 40, lanes: MOST_LANES }).at(-1)).toBe(1);
  });

  it('asks rarely whether fewer would do', () => {
    const counts = watch(new LanePolicy(), 1200, (lanes) => lanes * KIB).slice(20);
    const fewer = counts.filter((count) => count < MOST_LANES).length;
    expect(fewer).toBeGreaterThan(0);
    expect(fewer / counts.length).toBeLessThan(0.03);
  });

  it('keeps what it has where no more can be opened', () => {
    const counts = watch(new LanePolicy(), 40, (lanes) => lanes, { most: 1 });
    expect(Math.max(...counts)).toBe(1);
  });

  it('has one lane to who has had nothing to send for a while', () => {
    const policy = new LanePolicy();
    expect(watch(policy, 12, (lanes) => lanes).at(-1)).toBe(MOST_LANES);
    const sight = { lanes: MOST_LANES, received: 0, busy: false, roundTrip: Number.POSITIVE_INFINITY };
    const later = Array.from({ length: 30 }, (_, look) =>
      policy.wanted({ ...sight, now: (20 + look) * SECOND }),
    );
    expect(later[0]).toBe(MOST_LANES);
    expect(later.at(-1)).toBe(1);
  });

  it('wants at least one and never too many, whatever it sees', () => {
    const sight = fc.record({
      lanes: fc.integer({ min: 1, max: 20 }),
      received: fc.nat(10_000_000),
      busy: fc.boolean(),
      roundTrip: fc.oneof(fc.nat(500), fc.constant(Number.POSITIVE_INFINITY)),
    });
    fc.assert(
      fc.property(fc.array(sight, { maxLength: 100 }), (sights) => {
        const policy = new LanePolicy();
        sights.forEach((each, look) => {
          const wanted = policy.wanted({ ...each, now: look * SECOND });
          expect(wanted).toBeGreaterThanOrEqual(1);
          expect(wanted).toBeLessThanOrEqual(MOST_LANES);
        });
      }),
    );
  });
});
