import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { concat, equal } from '../base/bytes.ts';
import { OutgoingLane } from './lane.ts';

describe('OutgoingLane', () => {
  it('hands out what was queued, in order, small frames joined', () => {
    const sizes = fc.array(fc.oneof(fc.integer({ min: 1, max: 50 }), fc.integer({ min: 4000, max: 5000 })), {
      maxLength: 8,
    });
    fc.assert(
      fc.property(sizes, (lengths) => {
        const lane = new OutgoingLane();
        const frames = lengths.map((length, place) => new Uint8Array(length).fill(place));
        for (const frame of frames) lane.queue(frame);
        const flushed = lane.flush();
        expect(equal(concat(...flushed), concat(...frames))).toBe(true);
        for (const [place, frame] of flushed.entries())
          if (place > 0) expect(frame.length > 4096 || flushed[place - 1]!.length > 4096).toBe(true);
        expect(lane.flush()).toEqual([]);
        expect(lane.credit + lengths.reduce((sum, length) => sum + length, 0)).toBe(0);
      }),
    );
  });

  it('is stuck from when it was full until something leaves it', () => {
    const lane = new OutgoingLane();
    lane.grant(10);
    expect(lane.stuckFor(1000)).toBe(0);
    lane.queue(new Uint8Array(30));
    expect([lane.stuckFor(2000), lane.stuckFor(5000)]).toEqual([1000, 4000]);
    expect(lane.backlog).toBe(20);
    lane.grant(5);
    expect([lane.stuckFor(6000), lane.stuckFor(7000)]).toEqual([0, 1000]);
    lane.grant(100);
    expect([lane.stuckFor(8000), lane.backlog]).toEqual([0, 0]);
  });

  it('counts what is reserved as spent, until it is given back', () => {
    const lane = new OutgoingLane();
    lane.grant(100);
    lane.reserve(60);
    expect(lane.credit).toBe(40);
    lane.unreserve(60);
    expect([lane.credit, lane.backlog]).toEqual([100, 0]);
  });
});
