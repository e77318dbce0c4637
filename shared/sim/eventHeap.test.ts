import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EventHeap } from './eventHeap.ts';

describe('EventHeap', () => {
  it('gives events in the order of time, and those of one time as they came', () => {
    const step = fc.oneof(fc.record({ time: fc.nat(20) }), fc.constant('take' as const));
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
        const heap = new EventHeap<number>();
        const model: { time: number; number: number }[] = [];
        for (const [number, each] of steps.entries()) {
          if (each === 'take') expect(heap.take()).toBe(model.shift()?.number);
          else {
            heap.add(each.time, number);
            model.push({ time: each.time, number });
            model.sort((a, b) => a.time - b.time || a.number - b.number);
          }
          expect(heap.size).toBe(model.length);
          expect(heap.nextAt).toBe(model[0]?.time);
        }
      }),
    );
  });
});
