import { expect, it } from 'vitest';
import type { WorldPlan } from '../worldPlan.ts';
import { runWorld } from '../worldRun.ts';

const plan: WorldPlan = {
  seed: 210,
  length: 90435,
  pieceLength: 65536,
  peers: [
    {
      name: 'peer 0',
      has: 'all',
      up: 282624,
      down: 324608,
      latency: 6,
      joinsAt: 0,
      jitter: 7,
      disk: {
        delay: 708,
        speed: 33,
        failing: 0.03884838004010327,
      },
    },
    {
      name: 'peer 1',
      has: 'nothing',
      up: 390144,
      down: 427008,
      latency: 20,
      joinsAt: 1517,
    },
    {
      name: 'peer 3',
      has: 'all',
      up: 101376,
      down: 290816,
      latency: 71,
      joinsAt: 4501,
    },
    {
      name: 'peer 4',
      has: 'nothing',
      up: 221184,
      down: 78848,
      latency: 27,
      joinsAt: 5047,
    },
    {
      name: 'peer 6',
      has: [0],
      up: 179200,
      down: 1666048,
      latency: 14,
      joinsAt: 7235,
      disk: {
        delay: 150,
        speed: 624,
      },
    },
    {
      name: 'peer 7',
      has: 'nothing',
      up: 62464,
      down: 578560,
      latency: 4,
      joinsAt: 7553,
    },
    {
      name: 'peer 8',
      has: [0],
      up: 75776,
      down: 198656,
      latency: 93,
      joinsAt: 15267,
    },
    {
      name: 'peer 9',
      has: [],
      up: 31744,
      down: 111616,
      latency: 35,
      joinsAt: 18861,
      loss: 0.016954722967752994,
      disk: {
        rotting: 0.0809808507189278,
      },
    },
    {
      name: 'peer 10',
      has: 'nothing',
      up: 135168,
      down: 851968,
      latency: 142,
      joinsAt: 21047,
    },
    {
      name: 'peer 11',
      has: 'nothing',
      up: 54272,
      down: 54272,
      latency: 21,
      joinsAt: 21551,
    },
  ],
  faults: [
    {
      type: 'goes',
      peer: 5,
      at: 10886,
      how: 'crashes',
      backAfter: 4925,
    },
  ],
};

it('audit without the piece: peer # asks # peers for block #:# at once', () => {
  expect(() => runWorld(plan)).not.toThrow();
});
