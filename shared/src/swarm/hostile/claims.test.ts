import { describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../base/time.ts';
import { TokenBucket } from '../../base/tokenBucket.ts';
import { BLOCK } from '../../content/layout.ts';
import { nobleCrypto } from '../../platform/nobleCrypto.ts';
import { LT_DONTHAVE } from '../../wire/extensions.ts';
import { HostileWorld } from '../testing/hostileWorld.ts';
import { actAsLeecher, actAsSeeder } from '../testing/scripts.ts';

function dontHave(piece: number) {
  return { type: 'extended', id: LT_DONTHAVE, payload: Uint8Array.of(0, 0, 0, piece) } as const;
}

describe('row 2: a bitfield that cannot be one', () => {
  it.each([
    ['too short', Uint8Array.of()],
    ['too long', Uint8Array.of(0, 0)],
    ['with spare bits', Uint8Array.of(0x01)],
  ])('%s → closed', (_name, bits) => {
    const world = new HostileWorld(nobleCrypto);
    const liar = world.attacker();
    liar.say({ type: 'bitfield', bits });
    world.settle();
    expect(world.reasons(liar)).toEqual(['invalid-claims']);
  });

  it('is found out when the metainfo comes, if it came before', () => {
    const world = new HostileWorld(nobleCrypto, { knows: false });
    const liar = world.attacker();
    liar.say({ type: 'bitfield', bits: Uint8Array.of(0xff) });
    world.settle();
    expect(world.reasons(liar)).toEqual([]);
    world.victim.meet(world.seeder());
    world.network.run(MINUTE, () => liar.state === 'closed');
    expect(world.reasons(liar)).toEqual(['invalid-claims']);
  });

  it('is said once: a second one → closed', () => {
    const world = new HostileWorld(nobleCrypto);
    const liar = world.attacker();
    liar.say({ type: 'haveNone' }, { type: 'haveAll' });
    world.settle();
    expect(world.reasons(liar)).toEqual(['invalid-claims']);
  });

  it('a have beyond the last piece → closed', () => {
    const world = new HostileWorld(nobleCrypto);
    const liar = world.attacker();
    liar.say({ type: 'have', piece: 6 });
    world.settle();
    expect(world.reasons(liar)).toEqual(['invalid-claims']);
  });
});

describe('row 3: claims everything, serves nothing', () => {
  it('is snubbed, asked for one block at a time, and does not keep the others from completing', () => {
    const world = new HostileWorld(nobleCrypto);
    const liar = world.attacker((script) => actAsSeeder(script, world.share, () => undefined));
    world.victim.feed({ type: 'download' });
    world.network.run(25 * SECOND);
    expect(world.victim.swarm.peers.get(liar.id)?.snubbed).toBe(true);
    const before = liar.heardOf('request').length;
    world.network.run(SECOND);
    expect(liar.heardOf('request').length - before).toBeLessThanOrEqual(1);
    world.victim.meet(world.seeder());
    expect(world.network.run(MINUTE, () => world.victim.swarm.complete)).toBe(true);
  });
});

describe('row 4: claims nothing for ever, to leech', () => {
  it('is judged by bytes really sent to it: everybody gets a like share', () => {
    const world = new HostileWorld(nobleCrypto, { has: 'all', upload: new TokenBucket(48 * 1024) });
    const leechers = Array.from({ length: 8 }, () =>
      world.attacker((script) => actAsLeecher(script, world.share)),
    );
    world.network.run(7 * MINUTE);
    const got = leechers.map((each) => each.heardOf('piece').length);
    // One would fill its slot all the time if what it says counted; so each has its turns.
    expect(Math.min(...got)).toBeGreaterThan(0.3 * Math.max(...got));
  });
});

describe('row 10: have flood', () => {
  it('a have repeated is ignored, within a budget, then → closed', () => {
    const world = new HostileWorld(nobleCrypto);
    const flooder = world.attacker();
    for (let count = 0; count < 500; count++) flooder.say({ type: 'have', piece: 1 });
    world.settle();
    expect(flooder.state).toBe('admitted');
    expect(world.victim.swarm.peers.get(flooder.id)?.claims.bitfield?.count).toBe(1);
    for (let count = 0; count < 2000; count++) flooder.say({ type: 'have', piece: 1 });
    world.settle();
    expect(world.reasons(flooder)).toEqual(['message-flood']);
  });

  it('a have taken back counts no more, and going back and forth → closed', () => {
    const world = new HostileWorld(nobleCrypto);
    const flapper = world.attacker((script) => {
      script.admitted = () => script.greet({ type: 'haveAll' });
    });
    flapper.say(dontHave(1));
    world.settle();
    expect(world.victim.swarm.peers.get(flapper.id)?.claims.bitfield?.count).toBe(5);
    for (let count = 0; count < 1500; count++) flapper.say({ type: 'have', piece: 1 }, dontHave(1));
    world.settle();
    expect(world.reasons(flapper)).toEqual(['message-flood']);
  });

  it('haves before the metainfo are kept within a bound', () => {
    const world = new HostileWorld(nobleCrypto, { knows: false });
    const flooder = world.attacker();
    for (let piece = 0; piece < 10_100; piece++) flooder.say({ type: 'have', piece });
    world.settle();
    expect(world.reasons(flooder)).toEqual(['invalid-claims']);
  });
});

describe('row 15: endgame', () => {
  it('asks at most two for a block, and cancels the other when it has come', () => {
    const world = new HostileWorld(nobleCrypto, { length: 4 * BLOCK });
    const silent = [1, 2, 3].map(() =>
      world.attacker((script) => actAsSeeder(script, world.share, () => undefined)),
    );
    world.victim.feed({ type: 'download' });
    world.network.run(2 * SECOND);
    const asked = new Map<number, number>();
    for (const each of silent)
      for (const { begin, length } of each.heardOf('request'))
        for (let at = begin; at < begin + length; at += BLOCK) asked.set(at, (asked.get(at) ?? 0) + 1);
    expect([...asked.values()]).toEqual([2, 2, 2, 2]);
    const [speaker] = silent.filter((each) => each.heardOf('request').length > 0);
    for (const { piece, begin, length } of speaker!.heardOf('request'))
      speaker!.say({ type: 'piece', piece, begin, data: world.share.range(piece, begin, length) });
    world.network.run(SECOND);
    const cancelled = silent.filter((each) => each !== speaker).flatMap((each) => each.heardOf('cancel'));
    expect(cancelled.length).toBeGreaterThan(0);
  });
});
