import { describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../base/time.ts';
import { nobleCrypto } from '../platform/nobleCrypto.ts';
import { HostileWorld } from './testing/hostileWorld.ts';
import { actAsSeeder } from './testing/scripts.ts';

const HOUR = 60 * MINUTE;

/** One that says it has everything and answers no request. */
function silentSeeder(world: HostileWorld) {
  const script = world.attacker((seeder) => actAsSeeder(seeder, world.share, () => undefined));
  world.victim.feed({ type: 'download' });
  world.network.run(2 * SECOND);
  expect(script.heardOf('request').length).toBeGreaterThan(0);
  return script;
}

describe('row 32: a sleep', () => {
  it('nobody is dropped for the time that an hour’s sleep took, and the download goes on', () => {
    const world = new HostileWorld(nobleCrypto);
    const seeder = world.seeder();
    world.victim.feed({ type: 'download' });
    world.victim.meet(seeder);
    expect(world.network.run(MINUTE, () => world.victim.store.size === 1)).toBe(true);
    // Nothing happens meanwhile on either machine, though the clock goes on.
    world.network.now += HOUR;
    expect(world.network.run(SECOND, () => world.victim.swarm.complete)).toBe(true);
    world.network.now += HOUR;
    world.network.run(MINUTE);
    expect(world.victim.links).toEqual([seeder.id]);
    expect(world.victim.dropped(seeder.id)).toEqual([]);
    expect(seeder.dropped(world.victim.id)).toEqual([]);
  });

  it('who is gone after it is noticed by silence counted from the waking', () => {
    const world = new HostileWorld(nobleCrypto);
    const mute = world.attacker((script) => {
      script.admitted = () => script.greet({ type: 'haveNone' });
    });
    world.network.run(20 * SECOND);
    world.victim.feed({ type: 'woke' });
    world.network.run(29 * SECOND);
    expect(world.reasons(mute)).toEqual([]);
    world.network.run(3 * SECOND);
    expect(world.reasons(mute)).toEqual(['silent']);
  });

  it('requests overdue by it are made again, and nobody is snubbed', () => {
    const world = new HostileWorld(nobleCrypto);
    const script = silentSeeder(world);
    const asked = script.heardOf('request').length;
    world.network.now += HOUR;
    world.settle();
    expect(script.heardOf('cancel')).toHaveLength(asked);
    expect(script.heardOf('request')).toHaveLength(2 * asked);
    expect(world.victim.swarm.peers.get(script.id)?.snubbed).toBe(false);
    world.network.run(30 * SECOND);
    expect(world.victim.swarm.peers.get(script.id)?.snubbed).toBe(true);
  });

  it('with the clock standing still, what is under way has all its time again', () => {
    const world = new HostileWorld(nobleCrypto);
    const script = silentSeeder(world);
    world.network.run(14 * SECOND);
    world.victim.feed({ type: 'woke' });
    world.network.run(15 * SECOND);
    expect(script.heardOf('cancel')).toEqual([]);
    expect(world.victim.swarm.peers.get(script.id)?.snubbed).toBe(false);
    world.network.run(10 * SECOND);
    expect(world.victim.swarm.peers.get(script.id)?.snubbed).toBe(true);
  });

  it('who could not be reached before is dialled at once', () => {
    const world = new HostileWorld(nobleCrypto);
    const seeder = world.seeder();
    const dials = () => world.victim.outputs.filter(({ type }) => type === 'open').length;
    world.victim.feed({ type: 'download' });
    world.network.stations.delete(seeder.id);
    world.victim.meet(seeder);
    world.network.run(5 * MINUTE, () => world.victim.dropped(seeder.id).length === 4);
    const before = dials();
    world.network.run(SECOND);
    expect(dials()).toBe(before);
    world.victim.feed({ type: 'woke' });
    expect(dials()).toBe(before + 1);
  });

  it('is harmless when there was none: one keep-alive to each, and nothing else', () => {
    const world = new HostileWorld(nobleCrypto, { has: 'all' });
    const script = world.attacker((leecher) => {
      leecher.admitted = () => {
        leecher.greet({ type: 'haveNone' });
        leecher.say({ type: 'interested' });
      };
    });
    world.network.run(5 * SECOND);
    const before = script.heard.length;
    world.victim.feed({ type: 'woke' });
    world.settle();
    expect(script.heard.slice(before)).toEqual([{ type: 'keepAlive' }]);
    expect(world.reasons(script)).toEqual([]);
  });
});
