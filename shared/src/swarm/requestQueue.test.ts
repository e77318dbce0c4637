import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SECOND, type Time } from '../base/time.ts';
import { BLOCK } from '../content/layout.ts';
import { RequestQueue } from './requestQueue.ts';

const LONGEST = 4 * BLOCK;
const KIB = 1024;
const MIB = 1024 * KIB;

/** A peer with a line of its own: serves what it is asked, in order, at `rate`, each answer `roundTrip` later at least. */
function download(queue: RequestQueue, rate: number, roundTrip: number, until: Time): number {
  const asked: { length: number; at: Time; arrives: Time }[] = [];
  let outstanding = 0;
  let lineFree = 0;
  let received = 0;
  for (let now = 0; now < until;) {
    while (outstanding < queue.size(now)) {
      const length = queue.rangeLength(now);
      lineFree = Math.max(lineFree, now + roundTrip) + (length / rate) * SECOND;
      asked.push({ length, at: now, arrives: lineFree });
      outstanding += length;
    }
    const next = asked.shift()!;
    now = next.arrives;
    outstanding -= next.length;
    received += next.length;
    queue.received(now, next.length, next.at);
  }
  return received;
}

describe('RequestQueue', () => {
  it('keeps lines busy from slow and near to fast and far', () => {
    for (const [rate, roundTrip] of [
      [20 * KIB, 50],
      [500 * KIB, 20],
      [5 * MIB, 50],
      [5 * MIB, 300],
      [30 * MIB, 100],
    ] as const) {
      const received = download(new RequestQueue(LONGEST), rate, roundTrip, 20 * SECOND);
      expect(received / (rate * 20), `${rate} B/s at ${roundTrip} ms`).toBeGreaterThan(0.9);
    }
  });

  it('asks of a steady peer what the path to it holds, and no more beside than some 60 ms bring', () => {
    for (const [rate, roundTrip] of [
      [40, 20],
      [40, 50],
      [100, 50],
      [40, 200],
    ] as const) {
      const bytes = (rate * 1_000_000) / 8;
      const queue = new RequestQueue(LONGEST);
      download(queue, bytes, roundTrip, 60 * SECOND);
      const beside = (queue.size(60 * SECOND) / bytes) * SECOND - roundTrip;
      expect(beside, `${rate} Mbit/s at ${roundTrip} ms`).toBeGreaterThan(20);
      expect(beside, `${rate} Mbit/s at ${roundTrip} ms`).toBeLessThan(100);
    }
  });

  it('asks of a peer in the same house what two busy machines make use of, in long ranges', () => {
    const queue = new RequestQueue(LONGEST);
    download(queue, 20 * MIB, 1, 10 * SECOND);
    expect(queue.size(10 * SECOND)).toBeGreaterThanOrEqual(2 * MIB);
    expect(queue.rangeLength(10 * SECOND)).toBe(LONGEST);
  });

  it('asks of a peer of several lanes on each its part, but never nothing', () => {
    const queue = new RequestQueue(LONGEST);
    expect(queue.size(0, 4)).toBe(queue.size(0) / 4);
    download(queue, 1 * KIB, 100, 20 * SECOND);
    expect(queue.size(20 * SECOND, 8)).toBeGreaterThanOrEqual(2 * BLOCK);
  });

  it('goes by the path as it is now when all answers of ten seconds came later than our own queue explains', () => {
    const queue = new RequestQueue(LONGEST);
    download(queue, 1 * MIB, 20, 5 * SECOND);
    expect(queue.roundTrip).toBeLessThan(60);
    for (let now = 5 * SECOND; now < 30 * SECOND; now += 100) queue.received(now, BLOCK, now - 300);
    expect(queue.roundTrip).toBe(300);
  });

  it('asks a slow peer for single blocks', () => {
    const queue = new RequestQueue(LONGEST);
    download(queue, 10 * KIB, 100, 40 * SECOND);
    expect(queue.rangeLength(40 * SECOND)).toBe(BLOCK);
  });

  it('asks a peer that snubs us for one block, until it delivers', () => {
    const queue = new RequestQueue(LONGEST);
    download(queue, 1 * MIB, 50, 5 * SECOND);
    queue.timedOut();
    expect(queue.snubbed).toBe(true);
    expect(queue.size(6 * SECOND)).toBe(BLOCK);
    queue.received(7 * SECOND, BLOCK, 6 * SECOND);
    expect(queue.snubbed).toBe(false);
    expect(queue.size(7 * SECOND)).toBeGreaterThanOrEqual(2 * BLOCK);
  });

  it('gives a request twenty seconds at least, and a queued one time for all before it', () => {
    const queue = new RequestQueue(LONGEST);
    expect(queue.deadline(1000, BLOCK)).toBe(21_000);
    download(queue, 64 * KIB, 50, 20 * SECOND);
    const now = 20 * SECOND;
    expect(queue.deadline(now, BLOCK)).toBe(now + 20 * SECOND);
    expect(queue.deadline(now, 512 * KIB)).toBeGreaterThan(now + 20 * SECOND);
    expect(queue.deadline(now, 100 * MIB)).toBe(now + 60 * SECOND);
  });

  it('stays within its bounds whatever it is told', () => {
    const step = fc.record({
      wait: fc.nat(30_000),
      length: fc.nat(LONGEST),
      late: fc.nat(100_000),
      lost: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const queue = new RequestQueue(LONGEST);
        let now = 0;
        for (const { wait, length, late, lost } of steps) {
          now += wait;
          if (lost) queue.timedOut();
          else queue.received(now, length, now - late);
          expect(queue.size(now) % BLOCK).toBe(0);
          expect(queue.size(now)).toBeGreaterThanOrEqual(lost ? BLOCK : 2 * BLOCK);
          expect(queue.size(now)).toBeLessThanOrEqual(lost ? BLOCK : 500 * BLOCK);
          expect(queue.rangeLength(now) % BLOCK).toBe(0);
          expect(queue.rangeLength(now)).toBeGreaterThanOrEqual(BLOCK);
          expect(queue.rangeLength(now)).toBeLessThanOrEqual(LONGEST);
          const patience = queue.deadline(now, length) - now;
          expect(patience).toBeGreaterThanOrEqual(10 * SECOND);
          expect(patience).toBeLessThanOrEqual(60 * SECOND);
        }
      }),
    );
  });
});
