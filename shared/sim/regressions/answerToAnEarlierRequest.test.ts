import { expect, it } from 'vitest';
import type { WorldPlan } from '../worldPlan.ts';
import { runWorld } from '../worldRun.ts';

const plan: WorldPlan = {
  seed: 2364,
  length: 215235,
  pieceLength: 65536,
  peers: [
    {
      name: 'peer 0',
      has: 'all',
      up: 120832,
      down: 123904,
      latency: 22,
      joinsAt: 0,
    },
    {
      name: 'peer 1',
      has: 'nothing',
      up: 129024,
      down: 98304,
      latency: 4,
      joinsAt: 2392,
    },
    {
      name: 'peer 2',
      has: 'nothing',
      up: 452608,
      down: 278528,
      latency: 39,
      joinsAt: 3785,
      loss: 0.0008934942998224249,
    },
    {
      name: 'peer 3',
      has: 'nothing',
      up: 479232,
      down: 1565696,
      latency: 15,
      joinsAt: 4926,
      loss: 0.018592659688492847,
      disk: {
        failing: 0.1901430662032351,
        rotting: 0.06668886169307214,
      },
    },
    {
      name: 'peer 4',
      has: 'nothing',
      up: 103424,
      down: 755712,
      latency: 142,
      joinsAt: 8015,
    },
    {
      name: 'peer 5',
      has: 'nothing',
      up: 449536,
      down: 330752,
      latency: 148,
      joinsAt: 9924,
    },
    {
      name: 'peer 6',
      has: 'nothing',
      up: 114688,
      down: 344064,
      latency: 6,
      joinsAt: 10830,
      jitter: 76,
    },
    {
      name: 'peer 7',
      has: 'nothing',
      up: 149504,
      down: 489472,
      latency: 53,
      joinsAt: 11070,
      jitter: 49,
      disk: {
        rotting: 0.057467765524820115,
      },
    },
  ],
  faults: [],
};

it('answer to an earlier request: peer # asks # peers for block #:# at once', () => {
  expect(() => runWorld(plan)).not.toThrow();
});
