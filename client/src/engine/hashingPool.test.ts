import { ManualClock } from '@shoal/shared/acceptance/doubles/manualClock.ts';
import type { PieceRun, RunResult } from '@shoal/shared/host/ports.ts';
import { beforeEach, describe, expect, it } from 'vitest';
import { HashingPool, type HashingWorker } from './hashingPool.ts';

const run: PieceRun = {
  first: 0,
  count: 1,
  bytes: 1,
  length: 1,
  pieceLength: 16_384,
  key: new Uint8Array(32),
  files: [],
  skip: 0,
};

/** Where runs are hashed: as many as it was given, until it is told to finish. */
class Place {
  readonly runs: ((result: RunResult) => void)[] = [];
  ended = false;

  hash(): Promise<RunResult> {
    return new Promise((resolve) => this.runs.push(resolve));
  }

  finish(): void {
    for (const done of this.runs.splice(0)) done({ type: 'hashed', hashes: new Uint8Array(32) });
  }
}

class FakeWorker extends Place implements HashingWorker {
  broken: Promise<unknown>;
  break: () => void = () => undefined;

  constructor() {
    super();
    this.broken = new Promise((resolve) => {
      this.break = () => resolve(new Error('died'));
    });
  }

  end(): void {
    this.ended = true;
  }
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('a pool of hashing workers', () => {
  let clock: ManualClock;
  let local: Place;
  let workers: FakeWorker[];
  let refuse: boolean;

  beforeEach(() => {
    clock = new ManualClock();
    local = new Place();
    workers = [];
    refuse = false;
  });

  function pool(cores = 2): HashingPool {
    const start = () => {
      if (refuse) throw new Error('no more workers');
      const worker = new FakeWorker();
      workers.push(worker);
      return worker;
    };
    return new HashingPool({ start, local: { width: 1, hash: () => local.hash() }, cores, clock });
  }

  const loads = () => workers.map(({ runs }) => runs.length);

  it('starts no worker for what is one run', async () => {
    const result = pool().hash(run);
    local.finish();
    expect((await result).type).toBe('hashed');
    expect(workers).toEqual([]);
  });

  it.each([
    [1, 1],
    [2, 2],
    [3, 3],
    [64, 4],
  ])('with %i cores has %i workers, and enough to do for each', async (cores, most) => {
    const hashing = pool(cores);
    void hashing.hash(run);
    const all = Array.from({ length: hashing.width }, () => hashing.hash(run));
    expect(loads()).toEqual(Array.from({ length: most }, () => 2));
    for (const worker of workers) worker.finish();
    expect((await Promise.all(all)).every(({ type }) => type === 'hashed')).toBe(true);
  });

  it('gives a run to the one that has least to do', async () => {
    const hashing = pool(2);
    for (let count = 0; count < 5; count++) void hashing.hash(run);
    workers[1]!.finish();
    await settled();
    void hashing.hash(run);
    expect(loads()).toEqual([2, 1]);
  });

  it('does here what a worker that died was doing, and starts no other in its place', async () => {
    const hashing = pool(1);
    void hashing.hash(run);
    const lost = [hashing.hash(run), hashing.hash(run)];
    workers[0]!.break();
    await settled();
    local.finish();
    expect((await Promise.all(lost)).map(({ type }) => type)).toEqual(['hashed', 'hashed']);
    expect(workers[0]!.ended).toBe(true);
    void hashing.hash(run);
    void hashing.hash(run);
    expect(workers).toHaveLength(1);
  });

  it('does everything here where no worker can be had', () => {
    refuse = true;
    const hashing = pool(2);
    for (let count = 0; count < 3; count++) void hashing.hash(run);
    expect(local.runs).toHaveLength(3);
  });

  it('lets its workers go when there is nothing more to do, and has new ones when there is', async () => {
    const hashing = pool(1);
    void hashing.hash(run);
    const first = hashing.hash(run);
    workers[0]!.finish();
    await first;
    const second = hashing.hash(run);
    clock.pass(0);
    expect(workers[0]!.ended).toBe(false);
    workers[0]!.finish();
    await second;
    clock.pass(0);
    expect(workers[0]!.ended).toBe(true);
    local.finish();
    await settled();
    void hashing.hash(run);
    void hashing.hash(run);
    expect([workers.length, local.runs.length]).toEqual([2, 1]);
  });
});
