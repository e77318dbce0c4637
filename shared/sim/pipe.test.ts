import { beforeEach, describe, expect, it } from 'vitest';
import type { Bytes } from '../src/base/bytes.ts';
import { Downlink, Uplink } from './line.ts';
import { Path, type PathOptions } from './path.ts';
import { Pipe } from './pipe.ts';
import { World } from './world.ts';

const KIB = 1024;
const FRAME = 16 * KIB;
const LATENCY = 50;

describe('a connection, one way,', () => {
  let world: World;
  let received: { frame: number; at: number }[];
  let credit: number;

  beforeEach(() => {
    world = new World(1);
    received = [];
    credit = 0;
  });

  function open(options: Partial<PathOptions> = {}): { pipe: Pipe; path: Path } {
    const path = new Path(world.random, { latency: LATENCY, jitter: 0, loss: 0, ...options });
    const pipe = new Pipe(world, {
      from: new Uplink(world, 1000 * KIB),
      to: new Downlink(1000 * KIB),
      path,
      credit: (bytes) => (credit += bytes),
      received: ([frame = -1]) => received.push({ frame, at: world.now }),
    });
    return { pipe, path };
  }

  const frames = (count: number): Bytes[] =>
    Array.from({ length: count }, (_, number) => new Uint8Array(FRAME).fill(number % 250));
  const settle = () => world.run(Number.POSITIVE_INFINITY, () => false);
  const last = () => received.at(-1)?.at ?? 0;
  const inOrder = (count: number) => frames(count).map(([number]) => number);

  it('keeps its order, however the delay varies', () => {
    open({ jitter: 500 }).pipe.send(frames(100));
    settle();
    expect(received.map(({ frame }) => frame)).toEqual(inOrder(100));
    expect(last()).toBeGreaterThan(1600 + LATENCY + 100);
    expect(last()).toBeLessThan(1600 + LATENCY + 600);
  });

  it('loses nothing when packets are lost, but is late', () => {
    open({ loss: 0.01 }).pipe.send(frames(200));
    settle();
    expect(received.map(({ frame }) => frame)).toEqual(inOrder(200));
    expect(last()).toBeGreaterThan(3200 + LATENCY + 1000);
    expect(credit).toBe(200 * FRAME);
  });

  it('carries under loss about what Mathis and others measured: a packet × 1.22 ÷ (round trip × √loss)', () => {
    open({ loss: 0.01 }).pipe.send(frames(1000));
    settle();
    const rate = (1000 * FRAME) / (last() / 1000);
    const mathis = (1200 * 1.22) / (((2 * LATENCY) / 1000) * Math.sqrt(0.01));
    expect(rate / mathis).toBeGreaterThan(0.5);
    expect(rate / mathis).toBeLessThan(2);
  });

  it('holds what is sent while it is cut, and goes on once it is there again', () => {
    const { pipe, path } = open();
    pipe.send(frames(100));
    world.after(500, () => {
      path.cut = true;
    });
    world.after(600, () => pipe.send([new Uint8Array(100).fill(100)]));
    world.after(5000, () => {
      path.cut = false;
      pipe.resume();
    });
    world.run(4999, () => false);
    expect(received.length).toBeLessThan(40);
    expect(credit).toBeLessThan(40 * FRAME);
    settle();
    expect(received.map(({ frame }) => frame)).toEqual(inOrder(101));
    expect(last()).toBeGreaterThan(5000 + 1000);
  });

  it('gives all credit back, of small frames too', () => {
    const { pipe } = open();
    const small = Array.from({ length: 2000 }, () => new Uint8Array(100));
    pipe.send(small);
    settle();
    expect(credit).toBeGreaterThan(2000 * 100 - 128 * KIB);
  });
});
