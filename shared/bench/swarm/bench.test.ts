import { describe, expect, it } from 'vitest';
import { Bench } from './bench.ts';
import { swarmCase } from './cases/swarmCase.ts';
import type { Job, Outcome } from './job.ts';

/** Every run takes as many events as its seed says, the hash tells which it was. */
class FakePerformer {
  readonly jobs: Job[] = [];
  failing = false;

  run(job: Job): Promise<Outcome> {
    this.jobs.push(job);
    if (this.failing) return Promise.resolve({ type: 'failed', error: 'out of luck' });
    const record = {
      end: 'done',
      endedAt: 0,
      hash: `run ${job.seed}`,
      events: job.seed ** 2,
      peers: [],
      sentForOneCopy: undefined,
      ninety: undefined,
      brokenAt: undefined,
      cost: { wallSeconds: 0, peakMiB: 0 },
    } as const;
    return Promise.resolve({ type: 'swarm', record });
  }
}

function world() {
  const performer = new FakePerformer();
  return { performer, bench: new Bench(performer, { seeds: 3, peers: 10, mib: 1 }) };
}

const events = { name: 'events', of: ({ events: count }: { events: number }) => count };

describe('Bench', () => {
  it('takes the median over its seeds, with the raw figures beside it', async () => {
    const { bench, performer } = world();
    const shape = {
      key: 'some',
      setting: () => bench.setting(),
      figures: [{ ...events, reach: { atMost: 3 } }],
    };
    const { rows, json } = await swarmCase(shape).measure(bench);
    expect(rows).toMatchObject([{ name: 'some.events', value: 4, reach: { atMost: 3 } }]);
    expect(json).toMatchObject({
      events: 4,
      runs: [1, 2, 3].map((seed) => ({ seed, hash: `run ${seed}`, events: seed ** 2 })),
    });
    expect(performer.jobs).toHaveLength(3);
    expect(performer.jobs[0]?.setting).toMatchObject({ leechers: 10, length: 1024 * 1024 });
  });

  it('takes the worst where that is asked for', async () => {
    const { bench } = world();
    const shape = {
      key: 'some',
      setting: () => bench.setting(),
      figures: [{ ...events, over: 'least' as const }],
    };
    expect((await swarmCase(shape).measure(bench)).rows).toMatchObject([{ value: 1 }]);
  });

  it('runs the same setting and seed once, whoever asks', async () => {
    const { bench, performer } = world();
    const runs = [bench.swarm(bench.setting(), 1), bench.swarm(bench.setting({ leechers: 10 }), 1)];
    expect(await runs[0]).toBe(await runs[1]);
    await bench.swarm(bench.setting(), 2);
    expect(performer.jobs).toHaveLength(2);
  });

  it('says why a run failed', async () => {
    const { bench, performer } = world();
    performer.failing = true;
    await expect(bench.swarm(bench.setting(), 1)).rejects.toThrow('out of luck');
  });
});
