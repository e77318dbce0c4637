import { beforeEach, describe, expect, it } from 'vitest';
import { SECOND } from '../base/time.ts';
import { nobleCrypto } from '../platform/nobleCrypto.ts';
import { HostileWorld } from './testing/hostileWorld.ts';
import { actAsSeeder } from './testing/scripts.ts';
import type { ScriptedPeer } from './testing/scriptedPeer.ts';

/** One that says it has everything and answers no request, so that nothing comes of it. */
function silentSeeder(world: HostileWorld): ScriptedPeer {
  const script = world.attacker((seeder) => actAsSeeder(seeder, world.share, () => undefined));
  world.victim.feed({ type: 'download' });
  world.settle();
  return script;
}

describe('row 31: a path in doubt', () => {
  let world: HostileWorld;
  let other: ScriptedPeer;

  beforeEach(() => {
    world = new HostileWorld(nobleCrypto);
    other = silentSeeder(world);
    world.network.run(20 * SECOND);
    other.say({ type: 'keepAlive' });
    world.settle();
  });

  const path = (state: 'gone' | 'there', lane = 0) =>
    world.victim.feed({ type: 'path', peer: other.id, lane, state });
  const pass = (seconds: number) => world.network.run(seconds * SECOND);
  const dials = () => world.victim.outputs.filter(({ type }) => type === 'open').length;
  const answer = () => world.victim.feed({ type: 'introduced', members: [] });
  const trackerBack = () => {
    world.victim.feed({ type: 'trackerConnected' });
    answer();
  };
  const expectKept = () => expect(world.reasons(other)).toEqual([]);
  const expectRedialled = (dialled: number) => {
    expect(world.reasons(other)).toEqual(['path-lost']);
    expect(dials()).toBe(dialled + 1);
  };

  it('is made anew when it has had two seconds, and the way to the tracker was lost with it', () => {
    const before = dials();
    path('gone');
    pass(0.9);
    trackerBack();
    pass(0.9);
    expectKept();
    pass(1.3);
    expectRedialled(before);
  });

  it('is made anew when the tracker was there again before the browser noticed', () => {
    const before = dials();
    trackerBack();
    pass(6);
    path('gone');
    pass(3.1);
    expectRedialled(before);
  });

  it('is left alone while the way to the tracker has not suffered: it is the other side that is away', () => {
    trackerBack();
    pass(16);
    other.say({ type: 'keepAlive' });
    pass(1);
    path('gone');
    pass(8);
    answer();
    expectKept();
  });

  it('is left alone until the tracker answers', () => {
    const before = dials();
    path('gone');
    world.victim.feed({ type: 'trackerConnected' });
    pass(5);
    expectKept();
    answer();
    expectRedialled(before);
  });

  it.each([
    ['the path is there again', () => path('there')],
    ['something comes over it', () => other.say({ type: 'keepAlive' })],
  ])('is nothing once %s', (_, happen) => {
    path('gone');
    world.victim.feed({ type: 'networkChanged' });
    happen();
    pass(0.5);
    trackerBack();
    pass(5);
    expectKept();
  });

  it('is nothing when the tracker was there for the first time before the path was', () => {
    world = new HostileWorld(nobleCrypto);
    world.victim.feed({ type: 'trackerConnected' });
    world.network.run(SECOND);
    other = silentSeeder(world);
    pass(5);
    path('gone');
    answer();
    pass(3);
    expectKept();
  });

  it('is lane 0’s: others share its way, or end by themselves', () => {
    path('gone', 1);
    trackerBack();
    pass(5);
    expectKept();
  });

  it('has but a second to show life when the network has changed', () => {
    const before = dials();
    world.victim.feed({ type: 'networkChanged' });
    trackerBack();
    pass(0.5);
    expectKept();
    pass(1.6);
    expectRedialled(before);
  });

  it('is in no doubt only because the tracker was away', () => {
    trackerBack();
    pass(5);
    expectKept();
  });
});

describe('row 31: who needs nobody', () => {
  it('calls all the same when its own network has changed: the others cannot know', () => {
    const world = new HostileWorld(nobleCrypto, { has: 'all' });
    const leecher = world.attacker((script) => {
      script.admitted = () => script.greet({ type: 'haveNone' });
    });
    world.settle();
    world.victim.feed({ type: 'networkChanged' });
    world.victim.feed({ type: 'introduced', members: [] });
    world.network.run(3 * SECOND);
    expect(world.reasons(leecher)).toEqual(['path-lost']);
  });
});
