import { describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../../base/time.ts';
import { toUtf8 } from '../../base/bytes.ts';
import { BLOCK } from '../../content/layout.ts';
import { nobleCrypto } from '../../platform/nobleCrypto.ts';
import { encodeMessage } from '../../wire/codec.ts';
import { EXTENDED_HANDSHAKE, UT_METADATA } from '../../wire/extensions.ts';
import { encodeMetadataMessage } from '../../wire/metadataMessage.ts';
import { HostileWorld } from '../testing/hostileWorld.ts';
import type { ScriptedPeer } from '../testing/scriptedPeer.ts';
import { actAsSeeder } from '../testing/scripts.ts';

describe('row 12: one byte a second', () => {
  it('the request times out and goes elsewhere', () => {
    const world = new HostileWorld(nobleCrypto);
    const trickler = world.attacker((script) => actAsSeeder(script, world.share, () => undefined));
    world.victim.feed({ type: 'download' });
    world.network.run(2 * SECOND);
    const [request] = trickler.heardOf('request');
    const { piece, begin, length } = request!;
    const bytes = encodeMessage({
      type: 'piece',
      piece,
      begin,
      data: world.share.range(piece, begin, length),
    });
    for (let place = 0; place < 300; place++)
      world.network.after(place * SECOND, () => trickler.sayBytes(bytes.slice(place, place + 1)));
    world.network.run(30 * SECOND);
    expect(trickler.heardOf('cancel').length).toBeGreaterThan(0);
    world.victim.meet(world.seeder());
    expect(world.network.run(MINUTE, () => world.victim.swarm.complete)).toBe(true);
  });

  it('metadata that trickles in is asked of somebody else', () => {
    const world = new HostileWorld(nobleCrypto, { knows: false });
    const trickler = world.attacker((script) => {
      script.admitted = () => script.greet({ type: 'haveAll' }, { metadataSize: 10_000_000 });
    });
    for (let part = 0; part < 600; part++)
      world.network.after(part * 9 * SECOND, () => {
        const head = `d8:msg_typei1e5:piecei${part}e10:total_sizei10000000ee`;
        const payload = new Uint8Array(head.length + BLOCK);
        payload.set(toUtf8(head));
        trickler.say({ type: 'extended', id: 1, payload });
      });
    world.settle();
    world.victim.meet(world.seeder());
    const known = () => world.victim.outputs.some(({ type }) => type === 'metainfo');
    expect(world.network.run(2 * MINUTE, known)).toBe(true);
  });

  it('three that never tell the metainfo do not keep us from those who would', () => {
    const world = new HostileWorld(nobleCrypto, { knows: false });
    for (let count = 0; count < 3; count++)
      world.attacker((script) => {
        script.admitted = () => {
          script.greet({ type: 'haveAll' }, count === 0 ? {} : { metadataSize: 200 });
          script.say({ type: 'interested' });
          script.stayAlive();
        };
      });
    world.victim.meet(world.seeder());
    const known = () => world.victim.outputs.some(({ type }) => type === 'metainfo');
    expect(world.network.run(MINUTE, known)).toBe(true);
  });
});

describe('row 12: who refuses to tell the metainfo', () => {
  /** Refuses once, and would tell from then on. */
  function meetReluctant(): { world: HostileWorld; reluctant: ScriptedPeer; asked: () => number } {
    const world = new HostileWorld(nobleCrypto, { knows: false });
    const { info } = world.share.metainfo;
    let asked = 0;
    const reluctant = world.attacker((script) => {
      script.admitted = () => {
        script.greet({ type: 'haveAll' }, { metadataSize: info.length });
        script.stayAlive();
      };
      script.reply = (message) => {
        if (message.type !== 'extended' || message.id !== UT_METADATA) return;
        const payload = encodeMetadataMessage(
          ++asked === 1
            ? { type: 'reject', part: 0 }
            : { type: 'data', part: 0, totalSize: info.length, data: info },
        );
        script.say({ type: 'extended', id: UT_METADATA, payload });
      };
    });
    return { world, reluctant, asked: () => asked };
  }

  it('is left alone for 30 seconds, and then asked again', () => {
    const { world, asked } = meetReluctant();
    world.network.run(28 * SECOND);
    expect(asked()).toBe(1);
    world.network.run(5 * SECOND);
    expect(asked()).toBe(2);
    expect(world.victim.swarm.layout).toBeDefined();
  });

  it('is asked at once when it has something new to say', () => {
    const { world, reluctant, asked } = meetReluctant();
    world.settle();
    reluctant.say({ type: 'extended', id: EXTENDED_HANDSHAKE, payload: toUtf8('de') });
    world.settle();
    expect(asked()).toBe(2);
    expect(world.victim.swarm.layout).toBeDefined();
  });
});

describe('row 14: choke and unchoke', () => {
  it('another’s flapping is tolerated: what it rejects is asked again', () => {
    const world = new HostileWorld(nobleCrypto);
    let asked = 0;
    const flapper = world.attacker((script) => {
      actAsSeeder(script, world.share, (range, truth) => {
        if (++asked % 3 !== 0) return truth;
        script.say({ type: 'choke' });
        world.network.after(500, () => script.say({ type: 'unchoke' }));
        script.say({ ...range, type: 'reject' });
        return undefined;
      });
    });
    world.victim.feed({ type: 'download' });
    expect(world.network.run(5 * MINUTE, () => world.victim.swarm.complete)).toBe(true);
    expect(world.reasons(flapper)).toEqual([]);
  });

  it('we change our mind about a peer once in ten seconds at most, however it blinks', () => {
    const world = new HostileWorld(nobleCrypto, { has: 'all' });
    const changes: number[] = [];
    const blinkers = Array.from({ length: 40 }, (_, place) =>
      world.attacker((script) => {
        script.admitted = () => script.greet({ type: 'haveNone' });
        script.reply = ({ type }) => {
          if (place === 0 && (type === 'choke' || type === 'unchoke')) changes.push(world.network.now);
        };
      }),
    );
    for (let step = 0; step < 120; step++)
      world.network.after(step * SECOND, () => {
        for (const each of blinkers)
          each.say({ type: world.network.random.next() < 0.5 ? 'interested' : 'notInterested' });
      });
    world.network.run(2 * MINUTE);
    expect(changes.length).toBeGreaterThan(1);
    for (const [place, at] of changes.slice(1).entries())
      expect(at - changes[place]!).toBeGreaterThan(9.9 * SECOND);
  });
});

describe('row 28: half-open', () => {
  it('a Shoal peer that falls silent is gone in 30 seconds, having been pinged every ten', () => {
    const world = new HostileWorld(nobleCrypto);
    const mute = world.attacker((script) => {
      script.admitted = () => script.greet({ type: 'haveNone' });
    });
    const since = world.network.now;
    world.network.run(2 * MINUTE, () => mute.state === 'closed');
    expect(world.reasons(mute)).toEqual(['silent']);
    expect(world.network.now - since).toBeLessThan(33 * SECOND);
    expect(mute.heardOf('keepAlive').length).toBeGreaterThanOrEqual(2);
  });

  it('another client may be silent for two minutes', () => {
    const world = new HostileWorld(nobleCrypto);
    const mute = world.attacker((script) => {
      script.admitted = () => {
        script.say({ type: 'extended', id: 0, payload: toUtf8('d1:v3:xyze') });
      };
    });
    world.network.run(118 * SECOND);
    expect(mute.state).toBe('admitted');
    world.network.run(5 * SECOND);
    expect(world.reasons(mute)).toEqual(['silent']);
  });

  it('who opens a connection and proves nothing is gone in ten seconds', () => {
    const world = new HostileWorld(nobleCrypto);
    const mute = world.attacker((script) => {
      script.opening = () => new Uint8Array();
    });
    world.network.run(12 * SECOND);
    expect(world.reasons(mute)).toEqual(['not-admitted']);
    expect(world.victim.budget.left).toBe(60);
  });
});
