import { describe, expect, it } from 'vitest';
import { Downlink, Uplink } from './line.ts';
import { Path } from './path.ts';
import { Pipe } from './pipe.ts';
import { World } from './world.ts';

const KIB = 1024;
const FRAME = 16 * KIB;

function transfer(world: World, from: Uplink, to: Downlink, latency: number, bytes: number) {
  const state = { received: 0, credit: 0, doneAt: 0 };
  const pipe = new Pipe(world, {
    from,
    to,
    path: pathOf(world, latency),
    credit: (granted) => (state.credit += granted),
    received: (part) => {
      state.received += part.length;
      if (state.received === bytes) state.doneAt = world.now;
    },
  });
  const sent = Array.from({ length: bytes / FRAME }, () => new Uint8Array(FRAME));
  pipe.send(sent);
  return state;
}

function pathOf(world: World, latency: number): Path {
  return new Path(world.random, { latency, jitter: 0, loss: 0 });
}

function settle(world: World): void {
  expect(world.run(Number.POSITIVE_INFINITY, () => false)).toBe('quiet');
}

describe('a line', () => {
  it('takes as long as its rate and the distance say', () => {
    const world = new World(1);
    const done = transfer(world, new Uplink(world, 100 * KIB), new Downlink(1e9), 50, 1600 * KIB);
    settle(world);
    expect(done.doneAt).toBeCloseTo(16_050, -1);
    expect(done.credit).toBe(1600 * KIB);
  });

  it('shares an uplink equally, and gives what one receiver cannot take to the others', () => {
    const world = new World(1);
    const up = new Uplink(world, 300 * KIB);
    const slow = transfer(world, up, new Downlink(50 * KIB), 20, 2048 * KIB);
    const fast = transfer(world, up, new Downlink(1e9), 20, 6144 * KIB);
    settle(world);
    expect(slow.doneAt / 1000).toBeCloseTo(2048 / 50, 0);
    // Equal shares until the slow one's window is full, then all but 50 KiB/s.
    expect(fast.doneAt / 1000).toBeGreaterThan(6144 / 300);
    expect(fast.doneAt / 1000).toBeLessThan(6144 / 250 + 5);
  });

  it('lets packets go ahead of frames, at the cost of these', () => {
    const world = new World(1);
    const up = new Uplink(world, 100 * KIB);
    const frames = transfer(world, up, new Downlink(1e9), 20, 1024 * KIB);
    const packets: number[] = [];
    const pipe = new Pipe(world, {
      from: up,
      to: new Downlink(1e9),
      path: pathOf(world, 20),
      credit: () => undefined,
      received: () => packets.push(world.now),
    });
    pipe.send(Array.from({ length: 100 }, () => new Uint8Array(KIB)));
    settle(world);
    expect(packets[0]).toBeCloseTo(30, -1);
    expect(packets[99]).toBeCloseTo(1020, -1);
    expect(frames.doneAt).toBeCloseTo(11_260, -2);
  });

  it('shares a downlink among those who send', () => {
    const world = new World(1);
    const down = new Downlink(100 * KIB);
    const flows = [1, 2].map(() => transfer(world, new Uplink(world, 100 * KIB), down, 20, 512 * KIB));
    settle(world);
    for (const flow of flows) expect(flow.doneAt / 1000).toBeCloseTo(10.24, 0);
  });
});
