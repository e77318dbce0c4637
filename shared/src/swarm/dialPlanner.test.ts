import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type PeerId, peerIdOf } from '../base/ids.ts';
import { MINUTE, SECOND } from '../base/time.ts';
import { DialPlanner } from './dialPlanner.ts';
import { Seeded } from './testing/seeded.ts';

function idOf(number: number): PeerId {
  const bytes = new Uint8Array(20);
  new DataView(bytes.buffer).setUint32(0, number);
  return peerIdOf(bytes);
}

const nobody = (): boolean => false;

describe('DialPlanner', () => {
  it('never names who is banned, taken, unknown or not due', () => {
    const action = fc.record({
      do: fc.constantFrom(
        'introduce' as const,
        'ban' as const,
        'failed' as const,
        'succeeded' as const,
        'next' as const,
      ),
      peer: fc.nat(5),
      wait: fc.nat(30 * SECOND),
    });
    fc.assert(
      fc.property(fc.array(action, { maxLength: 60 }), fc.nat(5), (actions, takenNumber) => {
        const planner = new DialPlanner(new Seeded(1));
        const taken = idOf(takenNumber);
        const known = new Set<PeerId>();
        const banned = new Set<PeerId>();
        const lastFailure = new Map<PeerId, number>();
        let now = 0;
        for (const { do: what, peer: number, wait } of actions) {
          now += wait;
          const peer = idOf(number);
          if (what === 'introduce') {
            planner.introduce(now, peer);
            known.add(peer);
          } else if (what === 'ban') {
            planner.ban(peer);
            banned.add(peer);
          } else if (what === 'failed') {
            planner.failed(now, peer);
            lastFailure.set(peer, now);
          } else if (what === 'succeeded') planner.succeeded(peer);
          const next = planner.next(now, (id) => id === taken);
          if (next === undefined) continue;
          expect(known.has(next) && !banned.has(next) && next !== taken).toBe(true);
          if (known.has(next) && lastFailure.get(next) === now) expect(what).toBe('introduce');
        }
      }),
    );
  });

  it('waits about twice as long after each failure, up to two minutes', () => {
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const planner = new DialPlanner(new Seeded(seed));
        const peer = idOf(1);
        planner.introduce(0, peer);
        const waits = [1, 2, 3, 4, 5, 6].map(() => {
          planner.failed(0, peer);
          let at = 0;
          while (planner.next(at, nobody) === undefined) at += 100;
          return at;
        });
        for (const [failures, wait] of waits.entries()) {
          const nominal = Math.min(2 * SECOND * 2 ** failures, 2 * MINUTE);
          expect(wait).toBeGreaterThanOrEqual(nominal * 0.5);
          expect(wait).toBeLessThanOrEqual(nominal * 1.5 + 100);
        }
        planner.failed(0, peer);
        expect(planner.next(Number.MAX_SAFE_INTEGER, nobody)).toBeUndefined();
      }),
      { numRuns: 20 },
    );
  });

  it('keeps the latest five hundred introduced', () => {
    const planner = new DialPlanner(new Seeded(1));
    for (let number = 0; number < 800; number++) planner.introduce(number, idOf(number));
    const named = new Set<PeerId>();
    for (
      let next = planner.next(0, (id) => named.has(id));
      next !== undefined;
      next = planner.next(0, (id) => named.has(id))
    )
      named.add(next);
    expect(named.size).toBe(500);
    expect(named.has(idOf(799)) && named.has(idOf(300)) && !named.has(idOf(299))).toBe(true);
  });

  it('names those first who were introduced last, for the others may be gone', () => {
    const planner = new DialPlanner(new Seeded(1));
    for (const number of [1, 2, 3, 4]) planner.introduce(0, idOf(number));
    for (const number of [2, 5]) planner.introduce(SECOND, idOf(number));
    const named = new Set<PeerId>();
    for (let turn = 0; turn < 2; turn++) named.add(planner.next(SECOND, (id) => named.has(id))!);
    expect(named).toEqual(new Set([idOf(2), idOf(5)]));
    expect([idOf(1), idOf(3), idOf(4)]).toContain(planner.next(SECOND, (id) => named.has(id)));
  });

  it('remembers thousands of bans, not endlessly many', () => {
    const planner = new DialPlanner(new Seeded(1));
    for (let number = 0; number < 2500; number++) planner.ban(idOf(number));
    expect([0, 499, 500, 2499].map((number) => planner.isBanned(idOf(number)))).toEqual([
      false,
      false,
      true,
      true,
    ]);
  });
});
