import { describe, expect, it } from 'vitest';
import { BLOCK } from '../content/layout.ts';
import { Flows } from './flows.ts';

describe('Flows', () => {
  it('asks on the lane with the smallest part of what it holds on order, until none has room', () => {
    const flows = new Flows(4 * BLOCK, new Map([0, 1, 2].map((lane) => [lane, undefined])));
    const asked = new Map<number, number>();
    for (let lane = flows.withRoom(0); lane !== undefined; lane = flows.withRoom(0)) {
      flows.asked(lane, BLOCK);
      asked.set(lane, (asked.get(lane) ?? 0) + 1);
    }
    expect([...asked.keys()].sort()).toEqual([0, 1, 2]);
    expect(new Set(asked.values()).size).toBe(1);
    flows.ended(1, BLOCK);
    expect(flows.withRoom(0)).toBe(1);
  });

  it('knows nothing more of a lane that has closed', () => {
    const lanes = new Map([0, 1].map((lane) => [lane, undefined]));
    const flows = new Flows(4 * BLOCK, lanes);
    flows.asked(1, BLOCK);
    flows.queueOf(1).timedOut();
    lanes.delete(1);
    flows.closed(1);
    flows.ended(1, BLOCK);
    flows.asked(0, 100 * BLOCK);
    expect(flows.withRoom(0)).toBeUndefined();
    lanes.set(1, undefined);
    expect(flows.withRoom(0)).toBe(1);
    expect(flows.queueOf(1).snubbed).toBe(false);
  });
});
