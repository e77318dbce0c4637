import { describe, expect, it } from 'vitest';
import { Downlink, Uplink } from './line.ts';
import { Pipe } from './pipe.ts';
import { World } from './world.ts';

const KIB = 1024;

function transfer(world: World, from: Uplink, to: Downlink, latency: number, bytes: number) {
  const state = { received: 0, credit: 0, doneAt: 0 };
  const pipe = new Pipe(world, {
    from,
    to,
    latency,
    credit: (granted) => (state.credit += granted),
    received: (part) => {
      state.received += part.length;
      if (state.received === bytes) state.doneAt = world.now;
    },
  });
  const sent = Array.from({ length: bytes / KIB }, () => new Uint8Array(KIB));
  pipe.send(sent);
  return state;
}

function settle(world: World): void {
  expect(world.run(Number.POSITIVE_INFINITY, () => false)).toBe('quiet');
}

describe('a line', () => {
  it('takes as long as its rate and the distance say', () => {
    const world = new World(1);
    const done = transfer(world, new Uplink(world, 100 * KIB), new Downlink(world, 1e9), 50, 1000 * KIB);
    settle(world);
    expect(done.doneAt).toBeCloseTo(10_050, -1);
    expect(done.credit).toBe(1000 * KIB);
  });

  it('shares an uplink equally, and gives what one receiver cannot take to the others', () => {
    const world = new World(1);
    const up = new Uplink(world, 300 * KIB);
    const slow = transfer(world, up, new Downlink(world, 50 * KIB), 20, 2048 * KIB);
    const fast = transfer(world, up, new Downlink(world, 1e9), 20, 6144 * KIB);
    settle(world);
    expect(slow.doneAt / 1000).toBeCloseTo(2048 / 50, 0);
    // Equal shares until the slow one's window is full, then all but 50 KiB/s.
    expect(fast.doneAt / 1000).toBeGreaterThan(6144 / 300);
    expect(fast.doneAt / 1000).toBeLessThan(6144 / 250 + 5);
  });

  it('shares a downlink among those who send', () => {
    const world = new World(1);
    const down = new Downlink(world, 100 * KIB);
    const flows = [1, 2].map(() => transfer(world, new Uplink(world, 100 * KIB), down, 20, 500 * KIB));
    settle(world);
    for (const flow of flows) expect(flow.doneAt / 1000).toBeCloseTo(10, 0);
  });
});
