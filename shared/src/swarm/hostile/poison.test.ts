import { describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../base/time.ts';
import { BLOCK } from '../../content/layout.ts';
import { nobleCrypto } from '../../platform/nobleCrypto.ts';
import { ScriptedPeer } from '../testing/scriptedPeer.ts';
import { actAsSeeder, poisonOneInEach, spoilt } from '../testing/scripts.ts';
import { Seeded } from '../testing/seeded.ts';
import { TestNetwork } from '../testing/testNetwork.ts';
import { TestPeer } from '../testing/testPeer.ts';
import { TinyShare } from '../testing/tinyShare.ts';

const share = new TinyShare(nobleCrypto, 36 * BLOCK + 1000, 8 * BLOCK);

function world(seed: number): { network: TestNetwork; victim: TestPeer } {
  const network = new TestNetwork(new Seeded(seed));
  const victim = new TestPeer(network, share, { knows: true });
  victim.feed({ type: 'download' });
  return { network, victim };
}

/** Bytes that came twice, or for nothing. */
function waste(victim: TestPeer): number {
  return victim.swarm.received.total - share.layout.length;
}

describe('row 1: a poisoned piece', () => {
  it('of a single source: it is banned at once, and the piece fetched elsewhere', () => {
    const { network, victim } = world(1);
    const poisoner = new ScriptedPeer(network, share);
    actAsSeeder(poisoner, share, (_range, truth) => spoilt(truth));
    victim.meet(poisoner);
    network.run(MINUTE, () => poisoner.state === 'closed');
    expect(victim.dropped(poisoner.id)).toEqual(['poisoned']);
    poisoner.dial(victim.id);
    victim.meet(poisoner, new TestPeer(network, share, { has: 'all' }));
    expect(network.run(MINUTE, () => victim.swarm.complete)).toBe(true);
    expect(victim.truthful).toBe(true);
    expect(poisoner.openings).toBe(1);
  });

  it.each([1, 2, 3, 4, 5])(
    'of several sources: settled by its blocks, only the liar is banned (%i)',
    (seed) => {
      const { network, victim } = world(seed);
      const poisoner = new ScriptedPeer(network, share);
      poisonOneInEach(poisoner, share);
      const honest = [1, 2].map(() => new TestPeer(network, share, { has: 'all' }));
      victim.meet(poisoner, ...honest);
      expect(network.run(MINUTE, () => victim.swarm.complete)).toBe(true);
      expect(victim.truthful).toBe(true);
      expect(victim.outputs.filter(({ type }) => type === 'dropped')).toEqual([
        { type: 'dropped', peer: poisoner.id, reason: 'poisoned', banned: true },
      ]);
      expect(honest.some((each) => each.outputs.some(({ type }) => type === 'hashLeaves'))).toBe(true);
      const lies = poisoner.heardOf('request').reduce((sum, { length }) => sum + length, 0);
      // Right blocks are kept: what came beyond the content is what was spoilt, and what the endgame asked twice.
      expect(waste(victim)).toBeLessThanOrEqual(lies + 4 * BLOCK);
    },
  );

  it.each([1, 2, 3, 4, 5])(
    'when nobody tells the hashes: fetched from one peer alone, and compared (%i)',
    (seed) => {
      const { network, victim } = world(seed);
      const poisoner = new ScriptedPeer(network, share);
      poisonOneInEach(poisoner, share);
      const honest = [1, 2].map(() => new ScriptedPeer(network, share));
      for (const each of honest) actAsSeeder(each, share);
      victim.meet(poisoner, ...honest);
      expect(network.run(2 * MINUTE, () => victim.swarm.complete)).toBe(true);
      expect(victim.truthful).toBe(true);
      for (const each of honest) expect(victim.dropped(each.id)).toEqual([]);
      expect(victim.dropped(poisoner.id)).toEqual(['poisoned']);
      expect(honest.some((each) => each.heardOf('hashRequest').length > 0)).toBe(true);
    },
  );

  it('whose hashes are lied about: the answer is not believed and its author banned', () => {
    const { network, victim } = world(7);
    const poisoner = new ScriptedPeer(network, share);
    poisonOneInEach(poisoner, share);
    const accomplice = new ScriptedPeer(network, share);
    actAsSeeder(accomplice, share);
    const serve = accomplice.reply;
    accomplice.reply = (message) => {
      if (message.type !== 'hashRequest') return serve(message);
      accomplice.say({ ...message, type: 'hashes', hashes: new Uint8Array(message.length * 32) });
    };
    victim.meet(poisoner, accomplice);
    network.run(20 * SECOND, () => accomplice.state === 'closed' && poisoner.state === 'closed');
    expect(victim.outputs).toContainEqual({
      type: 'dropped',
      peer: accomplice.id,
      reason: 'invalid-hashes',
      banned: true,
    });
    victim.meet(new TestPeer(network, share, { has: 'all' }));
    expect(network.run(MINUTE, () => victim.swarm.complete)).toBe(true);
    expect(victim.dropped(poisoner.id)).toEqual(['poisoned']);
    expect(victim.truthful).toBe(true);
  });

  it('spoilt over two connections of one peer: that is still a single source', () => {
    const { network, victim } = world(8);
    const poisoner = new ScriptedPeer(network, share);
    let served = 0;
    actAsSeeder(poisoner, share, (_range, truth) => {
      if (++served === 4) poisoner.hangUp();
      return spoilt(truth);
    });
    victim.meet(poisoner);
    network.run(MINUTE, () => victim.dropped(poisoner.id).length > 0);
    expect(poisoner.openings).toBe(2);
    expect(victim.dropped(poisoner.id)).toEqual(['poisoned']);
  });

  it('by somebody who has left: the liar does not come back', () => {
    const { network, victim } = world(9);
    const poisoner = new ScriptedPeer(network, share);
    actAsSeeder(poisoner, share, ({ piece, begin }, truth) => {
      const isFirst = piece === 0 && begin === 0;
      return isFirst || poisoner.heardOf('request').length < 2 ? spoilt(truth) : undefined;
    });
    victim.meet(poisoner);
    network.run(MINUTE, () => poisoner.heardOf('request').length > 0);
    network.run(SECOND);
    poisoner.hangUp();
    const honest = new TestPeer(network, share, { has: 'all' });
    victim.meet(honest);
    expect(network.run(5 * MINUTE, () => victim.swarm.complete)).toBe(true);
    expect(victim.truthful).toBe(true);
    expect(victim.dropped(honest.id)).toEqual([]);
    const openings = poisoner.openings;
    poisoner.dial(victim.id);
    network.run(10 * SECOND);
    expect(poisoner.openings).toBe(openings);
  });
});

describe('leaves on demand', () => {
  it('are served for whole pieces that are had, a few at a time, and rejected otherwise', () => {
    const network = new TestNetwork(new Seeded(1));
    const seeder = new TestPeer(network, share, { has: [0, 1] });
    const asker = new ScriptedPeer(network, share);
    asker.admitted = () => asker.greet({ type: 'haveNone' });
    asker.dial(seeder.id);
    network.run(5 * SECOND, () => asker.state === 'admitted');
    const root = share.metainfo.root!;
    const range = { root, baseLayer: 0, index: 8, length: 8, proofLayers: 0 };
    asker.say({ ...range, type: 'hashRequest' });
    network.run(SECOND);
    expect(asker.heardOf('hashes').map(({ hashes }) => [...hashes])).toEqual([
      [...share.leaves(share.range(1, 0, 8 * BLOCK))],
    ]);
    for (const change of [
      { index: 16 },
      { index: 4 },
      { length: 4 },
      { proofLayers: 1 },
      { root: new Uint8Array(32) },
    ])
      asker.say({ ...range, ...change, type: 'hashRequest' });
    network.run(SECOND);
    expect(asker.heardOf('hashReject')).toHaveLength(5);
    for (let count = 0; count < 20; count++) asker.say({ ...range, type: 'hashRequest' });
    network.run(SECOND);
    expect(asker.heardOf('hashes').length).toBeLessThan(12);
    expect(asker.heardOf('hashes').length + asker.heardOf('hashReject').length).toBe(26);
    expect(asker.state).toBe('admitted');
  });
});
