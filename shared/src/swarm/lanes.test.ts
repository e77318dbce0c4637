import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bytes } from '../base/bytes.ts';
import { MINUTE, SECOND } from '../base/time.ts';
import { TokenBucket } from '../base/tokenBucket.ts';
import { BLOCK } from '../content/layout.ts';
import { nobleCrypto } from '../platform/nobleCrypto.ts';
import { encodeMessage } from '../wire/codec.ts';
import { SHOAL_LANE } from '../wire/extensions.ts';
import { encodeLaneSignal } from '../wire/laneSignal.ts';
import { MAX_LANES } from '../wire/limits.ts';
import { MOST_LANES } from './lanePolicy.ts';
import { Seeded } from './testing/seeded.ts';
import { describe as describeOffer, TestNetwork } from './testing/testNetwork.ts';
import { TestBudget, TestPeer } from './testing/testPeer.ts';
import { TinyShare } from './testing/tinyShare.ts';

const share = new TinyShare(nobleCrypto, 60 * BLOCK, 4 * BLOCK);

interface World {
  readonly network: TestNetwork;
  readonly seeder: TestPeer;
  readonly leecher: TestPeer;
}

/** Far apart, on connections that are slow each. */
function setUp(
  seed: number,
  { lanes = MOST_LANES, budget = new TestBudget(), latency = { least: 20, most: 60 } } = {},
): World {
  const network = new TestNetwork(new Seeded(seed));
  network.latency = latency;
  network.rate = 40_000;
  const seeder = new TestPeer(network, share, { has: 'all', lanes: MOST_LANES, slowness: 30 });
  const leecher = new TestPeer(network, share, { lanes, budget, slowness: 30 });
  leecher.feed({ type: 'download' });
  seeder.meet(leecher);
  leecher.meet(seeder);
  return { network, seeder, leecher };
}

function lanesOf({ leecher, seeder }: World): number {
  return leecher.swarm.peers.get(seeder.id)?.lanes.size ?? 0;
}

/** As if the one had said to the other on lane 0. */
function tell(to: TestPeer, from: TestPeer, payload: Bytes): void {
  const bytes = encodeMessage({ type: 'extended', id: SHOAL_LANE, payload });
  to.feed({ type: 'received', peer: from.id, lane: 0, bytes });
}

/** Nothing was held against anybody, and every connection has its place in the budget. */
function expectPeace({ seeder, leecher }: World): void {
  for (const each of [seeder, leecher]) {
    const dropped = each.outputs.flatMap((output) => (output.type === 'dropped' ? [output.reason] : []));
    expect(dropped.filter((reason) => reason !== 'replaced')).toEqual([]);
    expect(each.budget.left).toBe(60 - each.links.length);
    each.leave();
    expect(each.budget.left).toBe(60);
  }
}

describe('lanes', () => {
  it('come where each is slow, and go when there is nothing to carry', () => {
    const world = setUp(1);
    expect(world.network.run(MINUTE, () => lanesOf(world) === MOST_LANES)).toBe(true);
    expect(world.network.run(MINUTE, () => world.leecher.swarm.complete)).toBe(true);
    expect(world.leecher.truthful).toBe(true);
    expect(world.network.run(MINUTE, () => lanesOf(world) === 1)).toBe(true);
    world.network.run(SECOND);
    expectPeace(world);
  });

  describe('to who is far', () => {
    const meet = (peers: number, roundTrip: number) => {
      const network = new TestNetwork(new Seeded(12));
      const leecher = new TestPeer(network, share, { lanes: MOST_LANES });
      const seeders = Array.from(
        { length: peers },
        () => new TestPeer(network, share, { has: 'all', lanes: MOST_LANES }),
      );
      for (const seeder of seeders) {
        leecher.meet(seeder);
        leecher.feed({ type: 'reached', peer: seeder.id, roundTrip });
      }
      leecher.feed({ type: 'download' });
      network.run(SECOND / 2, () => leecher.swarm.peers.size === peers);
      network.run(SECOND / 10);
      return { network, leecher, seeders };
    };
    const count = ({ network }: ReturnType<typeof meet>) =>
      network.links.filter(({ lane, closed }) => lane > 0 && !closed).length;

    it.each([
      ['are there before anything is asked of it', 1, 50, 3],
      ['are not, when it is near', 1, 5, 0],
      ['are there for the first three, when there are many to ask', 5, 50, 9],
    ])('%s', (_, peers, roundTrip, expected) => {
      expect(count(meet(peers, roundTrip))).toBe(expected);
    });
  });

  it('do not come to who does not know of them', () => {
    const world = setUp(2, { lanes: 1 });
    expect(world.network.run(5 * MINUTE, () => world.leecher.swarm.complete)).toBe(true);
    expect(world.network.links).toHaveLength(1);
    expectPeace(world);
  });

  it('do not come to who gives no more than the person allows', () => {
    const network = new TestNetwork(new Seeded(11));
    network.latency = { least: 20, most: 60 };
    const upload = new TokenBucket(40_000);
    const seeder = new TestPeer(network, share, { has: 'all', lanes: MOST_LANES, upload });
    const leecher = new TestPeer(network, share, { lanes: MOST_LANES });
    leecher.feed({ type: 'download' });
    leecher.meet(seeder);
    expect(network.run(MINUTE, () => leecher.swarm.complete)).toBe(true);
    expect(network.links).toHaveLength(1);
  });

  it('do not come in the same house', () => {
    const world = setUp(3, { latency: { least: 0, most: 1 } });
    world.network.rate = 4_000_000;
    expect(world.network.run(MINUTE, () => world.leecher.swarm.complete)).toBe(true);
    expect(world.network.links).toHaveLength(1);
  });

  it('do not come in the same house, however late the answers of busy machines are', () => {
    const world = setUp(3);
    world.leecher.feed({ type: 'reached', peer: world.seeder.id, roundTrip: 5 });
    // The check of a connection may be late as well.
    world.leecher.feed({ type: 'reached', peer: world.seeder.id, roundTrip: 90 });
    expect(world.network.run(5 * MINUTE, () => world.leecher.swarm.complete)).toBe(true);
    expect(world.network.links).toHaveLength(1);
  });

  it('stay within the page’s connections, and make room for a newcomer', () => {
    const budget = new TestBudget(4);
    const world = setUp(4, { budget });
    expect(world.network.run(MINUTE, () => lanesOf(world) === 4)).toBe(true);
    const other = new TestPeer(world.network, share, { has: 'all', slowness: 30 });
    world.leecher.meet(other);
    other.meet(world.leecher);
    expect(world.network.run(5 * SECOND, () => world.leecher.swarm.peers.has(other.id))).toBe(true);
    expect(world.leecher.swarm.peers.has(world.seeder.id)).toBe(true);
  });

  it('carry all there is in whatever order they deliver, while some are lost', () => {
    fc.assert(
      fc.property(fc.integer(), fc.array(fc.nat(20_000), { maxLength: 6 }), (seed, losses) => {
        const world = setUp(seed, { latency: { least: 1, most: 900 } });
        const { network, leecher } = world;
        for (const at of losses)
          network.after(at, () => {
            const further = network.links.filter(({ lane, closed }) => lane > 0 && !closed);
            const [lost] = further;
            if (lost !== undefined) network.lose(lost);
          });
        expect(network.run(10 * MINUTE, () => leecher.swarm.complete)).toBe(true);
        expect(leecher.truthful).toBe(true);
        // Those that are being made have their time.
        network.run(MINUTE);
        expectPeace(world);
      }),
      { numRuns: 15 },
    );
  });

  it('carry requests and their answers: who says anything else on them is dropped', () => {
    const world = setUp(7);
    const { network, seeder, leecher } = world;
    network.run(MINUTE, () => lanesOf(world) === MOST_LANES);
    const [lane = 0] = [...(leecher.swarm.peers.get(seeder.id)?.lanes.keys() ?? [])].filter(
      (each) => each > 0,
    );
    leecher.feed({ type: 'received', peer: seeder.id, lane, bytes: encodeMessage({ type: 'haveAll' }) });
    expect(leecher.dropped(seeder.id)).toEqual(['malformed-message']);
  });

  it('are spoken of in order: who sends what is no envelope is dropped', () => {
    const { network, seeder, leecher } = setUp(8);
    network.run(SECOND, () => leecher.swarm.peers.has(seeder.id));
    tell(leecher, seeder, new Uint8Array(20));
    expect(leecher.dropped(seeder.id)).toEqual(['malformed-message']);
  });

  it('are taken from the other side under its own numbers, once each, and not without end', () => {
    const { network, seeder, leecher } = setUp(9);
    network.run(SECOND, () => leecher.swarm.peers.has(seeder.id) && seeder.swarm.peers.has(leecher.id));
    const signal = { type: 'offer', sdp: describeOffer('lane') } as const;
    for (const [to, from] of [
      [leecher, seeder],
      [seeder, leecher],
    ] as const) {
      for (let round = 0; round < 2; round++)
        for (let lane = 1; lane < MAX_LANES; lane++) tell(to, from, encodeLaneSignal({ lane, signal }));
      const lanes = to.outputs.flatMap((output) => (output.type === 'open' ? [output.lane] : [])).slice(1);
      expect(new Set(lanes.map((lane) => lane % 2)).size).toBe(1);
      expect(new Set(lanes).size).toBe(lanes.length);
      expect(lanes).toHaveLength(MOST_LANES - 1);
      expect(to.dropped(from.id)).toEqual([]);
    }
  });

  it('end with the first', () => {
    const world = setUp(6);
    world.network.run(MINUTE, () => lanesOf(world) === MOST_LANES);
    const [first] = world.network.links;
    if (first !== undefined) world.network.lose(first);
    world.network.run(SECOND, () => world.leecher.swarm.peers.size === 0);
    expect(world.leecher.budget.left).toBe(60);
  });
});
