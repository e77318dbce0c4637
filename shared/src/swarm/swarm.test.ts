import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../base/time.ts';
import { BLOCK } from '../content/layout.ts';
import { nobleCrypto } from '../platform/nobleCrypto.ts';
import { Seeded } from './testing/seeded.ts';
import { TestNetwork } from './testing/testNetwork.ts';
import { TestPeer } from './testing/testPeer.ts';
import { TinyShare } from './testing/tinyShare.ts';

const share = new TinyShare(nobleCrypto, 10 * BLOCK + 77, 4 * BLOCK);

function introduceAll(peers: readonly TestPeer[]): void {
  for (const peer of peers) peer.meet(...peers.filter((other) => other !== peer));
}

describe('Swarm', () => {
  it('fetches metainfo, hashes and pieces from one who has them', () => {
    const network = new TestNetwork(new Seeded(1));
    const seeder = new TestPeer(network, share, { has: 'all' });
    const leecher = new TestPeer(network, share);
    leecher.feed({ type: 'download' });
    introduceAll([seeder, leecher]);
    expect(network.run(MINUTE, () => leecher.swarm.complete)).toBe(true);
    expect(leecher.truthful).toBe(true);
    expect(leecher.outputs.filter(({ type }) => type === 'completed')).toHaveLength(1);
  });

  it('completes whatever the order in which things happen, and gives every connection back', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 2, max: 5 }), (seed, count) => {
        const network = new TestNetwork(new Seeded(seed));
        network.latency = { least: 1, most: 400 };
        const seeder = new TestPeer(network, share, { has: 'all', slowness: 300 });
        const leechers = Array.from({ length: count }, () => new TestPeer(network, share, { slowness: 300 }));
        for (const leecher of leechers) leecher.feed({ type: 'download' });
        introduceAll([seeder, ...leechers]);
        const done = network.run(10 * MINUTE, () => leechers.every((each) => each.swarm.complete));
        expect(done).toBe(true);
        for (const each of leechers) expect(each.truthful).toBe(true);
        for (const each of [seeder, ...leechers]) {
          expect(each.budget.left).toBe(60 - new Set(each.links).size);
          const dropped = each.outputs.filter((output) => output.type === 'dropped');
          expect(dropped.filter(({ reason }) => reason !== 'replaced')).toEqual([]);
          each.leave();
          expect(each.budget.left).toBe(60);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('completes from those who each have a part, though none has all', () => {
    const network = new TestNetwork(new Seeded(3));
    const parts = [[0], [1], [2]].map((has) => new TestPeer(network, share, { has }));
    for (const peer of parts) peer.feed({ type: 'download' });
    introduceAll(parts);
    expect(network.run(5 * MINUTE, () => parts.every((each) => each.swarm.complete))).toBe(true);
  });

  it('lets everybody know within ten seconds who has everything', () => {
    const network = new TestNetwork(new Seeded(8));
    const seeder = new TestPeer(network, share, { has: 'all' });
    const leechers = [1, 2, 3].map(() => new TestPeer(network, share));
    for (const each of leechers) each.feed({ type: 'download' });
    introduceAll([seeder, ...leechers]);
    expect(network.run(5 * MINUTE, () => leechers.every(({ swarm }) => swarm.complete))).toBe(true);
    const knows = (one: TestPeer) =>
      leechers.every(({ id }) => id === one.id || one.swarm.peers.get(id)?.isSeeder === true);
    expect(network.run(11 * SECOND, () => leechers.every(knows))).toBe(true);
  });

  it('learns the metainfo from a peer that had none when they met', () => {
    const network = new TestNetwork(new Seeded(4));
    const first = new TestPeer(network, share);
    const second = new TestPeer(network, share);
    introduceAll([first, second]);
    network.run(10 * SECOND);
    const seeder = new TestPeer(network, share, { has: 'all' });
    introduceAll([seeder, first]);
    const knows = (peer: TestPeer) => peer.outputs.some(({ type }) => type === 'metainfo');
    expect(network.run(MINUTE, () => knows(first))).toBe(true);
    seeder.leave();
    expect(network.run(MINUTE, () => knows(second))).toBe(true);
  });

  it('stops asking when the store is full, and is interested in nobody then', () => {
    const network = new TestNetwork(new Seeded(5));
    const seeder = new TestPeer(network, share, { has: 'all' });
    const leecher = new TestPeer(network, share);
    leecher.storing = 'full';
    leecher.feed({ type: 'download' });
    introduceAll([seeder, leecher]);
    network.run(MINUTE);
    expect(leecher.outputs).toContainEqual({ type: 'storageStopped', result: 'full' });
    expect(leecher.swarm.peers.get(seeder.id)?.interesting).toBe(false);
  });

  it('tells of a piece that turns out lost, and fetches it again', () => {
    const network = new TestNetwork(new Seeded(6));
    const seeder = new TestPeer(network, share, { has: 'all' });
    const rotten = new TestPeer(network, share, { has: 'all' });
    rotten.feed({ type: 'download' });
    rotten.store.delete(1);
    const leecher = new TestPeer(network, share);
    leecher.feed({ type: 'download' });
    introduceAll([rotten, leecher]);
    network.run(MINUTE, () => rotten.outputs.some(({ type }) => type === 'lost'));
    expect(leecher.swarm.complete).toBe(false);
    expect(network.run(SECOND, () => leecher.swarm.peers.get(rotten.id)?.isSeeder === false)).toBe(true);
    introduceAll([seeder, rotten]);
    expect(network.run(5 * MINUTE, () => leecher.swarm.complete && rotten.swarm.complete)).toBe(true);
    expect(rotten.truthful).toBe(true);
  });

  it('survives peers that leave and come at any time', () => {
    const big = new TinyShare(nobleCrypto, 40 * BLOCK, 4 * BLOCK);
    fc.assert(
      fc.property(fc.integer(), (seed) => {
        const network = new TestNetwork(new Seeded(seed));
        network.latency = { least: 1, most: 200 };
        const leecher = new TestPeer(network, big, { slowness: 500 });
        leecher.feed({ type: 'download' });
        let seeder = new TestPeer(network, big, { has: 'all', slowness: 500 });
        introduceAll([seeder, leecher]);
        for (let round = 0; round < 3 && !leecher.swarm.complete; round++) {
          network.run(3 * SECOND * network.random.next(), () => leecher.swarm.complete);
          seeder.leave();
          seeder = new TestPeer(network, big, { has: 'all' });
          introduceAll([seeder, leecher]);
        }
        expect(network.run(5 * MINUTE, () => leecher.swarm.complete)).toBe(true);
        expect(leecher.truthful).toBe(true);
      }),
      { numRuns: 15 },
    );
  });
});
