import { describe, expect, it } from 'vitest';
import { type Bytes, concat, toUtf8 } from '../../base/bytes.ts';
import { MINUTE, SECOND } from '../../base/time.ts';
import { BLOCK } from '../../content/layout.ts';
import { nobleCrypto } from '../../platform/nobleCrypto.ts';
import { encodeMessage } from '../../wire/codec.ts';
import { UT_METADATA } from '../../wire/extensions.ts';
import type { Message } from '../../wire/message.ts';
import { encodeMetadataMessage } from '../../wire/metadataMessage.ts';
import { HostileWorld } from '../testing/hostileWorld.ts';
import { actAsSeeder } from '../testing/scripts.ts';

const MIB = 1024 * 1024;
const block = { piece: 0, begin: 0, length: BLOCK };

function times(count: number, message: Message): Message[] {
  return new Array<Message>(count).fill(message);
}

describe('row 5: frames that cannot be', () => {
  it.each([
    ['oversized', Uint8Array.of(0x7f, 0xff, 0xff, 0xff, 7)],
    ['zero-length piece', Uint8Array.of(0, 0, 0, 9, 7, 0, 0, 0, 0, 0, 0, 0, 0)],
    ['truncated have', Uint8Array.of(0, 0, 0, 3, 4, 0, 0)],
  ])('%s → closed', (_name, bytes) => {
    const world = new HostileWorld(nobleCrypto);
    const attacker = world.attacker();
    attacker.sayBytes(bytes);
    world.settle();
    expect(world.reasons(attacker)).toEqual(['malformed-message']);
  });

  it('an extension message that is no bencode → closed', () => {
    const world = new HostileWorld(nobleCrypto);
    const attacker = world.attacker();
    attacker.say({ type: 'extended', id: 0, payload: Uint8Array.of(1, 2, 3) });
    world.settle();
    expect(world.reasons(attacker)).toEqual(['malformed-message']);
  });
});

describe('row 6: messages that are unknown or of no use', () => {
  const root = new Uint8Array(32);
  const range = { root, baseLayer: 2, index: 0, length: 2, proofLayers: 0 };
  it.each<[string, Message, number]>([
    ['unknown', { type: 'unknown', id: 99 }, 200],
    ['unknown extension', { type: 'extended', id: 77, payload: new Uint8Array(3) }, 200],
    [
      'metadata of an unknown kind',
      { type: 'extended', id: UT_METADATA, payload: toUtf8('d8:msg_typei3ee') },
      200,
    ],
    ['keep-alive', { type: 'keepAlive' }, 100],
    ['suggest', { type: 'suggest', piece: 1 }, 500],
    ['unchoke', { type: 'unchoke' }, 200],
    ['hashes nobody asked for', { ...range, type: 'hashes', hashes: new Uint8Array(64) }, 50],
    ['reject of nothing', { type: 'reject', ...block }, 1000],
    ['cancel of nothing', { type: 'cancel', ...block }, 2000],
  ])('%s: ignored within a budget, then → closed', (_name, message, burst) => {
    const world = new HostileWorld(nobleCrypto);
    const attacker = world.attacker((script) => {
      script.admitted = () => script.greet({ type: 'haveNone' });
    });
    attacker.say(...times(burst, message));
    world.settle();
    expect(attacker.state).toBe('admitted');
    attacker.say(...times(burst, message));
    world.settle();
    expect(world.reasons(attacker)).toEqual(['message-flood']);
  });

  it('metadata and hash requests without end → rejected while we are full, then closed', () => {
    const world = new HostileWorld(nobleCrypto, { has: 'all' });
    const attacker = world.attacker((script) => {
      script.admitted = () => script.greet({ type: 'haveNone' });
    });
    const payload = encodeMetadataMessage({ type: 'request', part: 0 });
    attacker.say(...times(1500, { type: 'extended', id: UT_METADATA, payload }));
    world.settle();
    expect(world.reasons(attacker)).toEqual(['message-flood']);
  });
});

describe('row 7: request flood', () => {
  it('beyond the queue requests are rejected, each of them; then → closed', () => {
    const world = new HostileWorld(nobleCrypto, { has: 'all' });
    const flooder = world.attacker((script) => {
      script.admitted = () => {
        script.greet({ type: 'haveNone' });
        script.say({ type: 'interested' });
      };
    });
    world.network.run(15 * SECOND, () => flooder.heardOf('unchoke').length > 0);
    flooder.say(...times(1500, { type: 'request', ...block }));
    world.network.run(20 * SECOND);
    expect(flooder.heardOf('piece').length + flooder.heardOf('reject').length).toBe(1500);
    expect(flooder.heardOf('reject').length).toBeGreaterThan(0);
    flooder.say(...times(6000, { type: 'request', ...block }));
    world.settle();
    expect(world.reasons(flooder)).toEqual(['request-flood']);
  });
});

describe('row 8: a request while choked', () => {
  it('is rejected; a flood of them → closed', () => {
    const world = new HostileWorld(nobleCrypto, { has: 'all' });
    const attacker = world.attacker();
    attacker.say({ type: 'request', ...block });
    world.settle();
    expect(attacker.heardOf('reject')).toEqual([{ type: 'reject', ...block }]);
    attacker.say(...times(3000, { type: 'request', ...block }));
    world.settle();
    expect(world.reasons(attacker)).toEqual(['request-flood']);
  });
});

describe('row 9: out of bounds', () => {
  it.each([
    ['piece', { piece: 6, begin: 0, length: BLOCK }],
    ['begin', { piece: 0, begin: 4 * BLOCK, length: 1 }],
    ['end', { piece: 0, begin: 3 * BLOCK, length: BLOCK + 1 }],
    ['length', { piece: 0, begin: 0, length: 129 * 1024 }],
    ['nothing', { piece: 0, begin: 0, length: 0 }],
  ])('%s → closed', (_name, range) => {
    const world = new HostileWorld(nobleCrypto, { has: 'all' });
    const attacker = world.attacker();
    attacker.say({ type: 'request', ...range });
    world.settle();
    expect(world.reasons(attacker)).toEqual(['out-of-bounds']);
  });
});

describe('row 11: pieces nobody asked for', () => {
  const unasked = { type: 'piece', piece: 0, begin: 0, data: new Uint8Array(BLOCK) } as const;

  it.each([
    ['a leecher', 'nothing'],
    ['a seeder', 'all'],
  ] as const)('sent to %s: dropped and counted, then → closed', (_name, has) => {
    const world = new HostileWorld(nobleCrypto, { has });
    const attacker = world.attacker();
    world.victim.feed({ type: 'download' });
    attacker.say(...times(16, unasked));
    world.settle();
    expect(attacker.state).toBe('admitted');
    attacker.say(...times(10, unasked));
    world.settle();
    expect(world.reasons(attacker)).toEqual(['unrequested-pieces']);
  });

  it('but the late answer to a request that timed out is dropped uncounted', () => {
    const world = new HostileWorld(nobleCrypto);
    const slow = world.attacker((script) => actAsSeeder(script, world.share, () => undefined));
    world.victim.feed({ type: 'download' });
    world.network.run(30 * SECOND);
    const late = slow.heardOf('cancel');
    expect(late.length).toBeGreaterThan(2);
    for (const range of late) for (let count = 0; count < 1; count++) slow.say({ ...range, type: 'reject' });
    for (const { piece, begin, length } of late)
      slow.say({ type: 'piece', piece, begin, data: world.share.range(piece, begin, length) });
    world.settle();
    expect(slow.state).toBe('admitted');
  });
});

describe('row 13: never drains what we send', () => {
  it('pieces wait for its credit, and after a minute → closed', () => {
    const world = new HostileWorld(nobleCrypto, { has: 'all', length: 200 * BLOCK });
    const stuck = world.attacker((script) => {
      script.admitted = () => {
        script.greet({ type: 'haveNone' });
        script.say({ type: 'interested' });
      };
    });
    world.network.run(15 * SECOND, () => stuck.heardOf('unchoke').length > 0);
    stuck.drains = false;
    for (let count = 0; count < 200; count++)
      stuck.say({ type: 'request', piece: count % 50, begin: 0, length: 4 * BLOCK });
    world.settle();
    expect(stuck.state).toBe('admitted');
    const sent = world.victim.swarm.peers.get(stuck.id)?.sent.total;
    expect(sent).toBeGreaterThan(0);
    expect(sent).toBeLessThan(1.2 * MIB);
    // It goes on pretending to be alive.
    for (let second = 0; second < 100; second += 5)
      world.network.after(second * SECOND, () => stuck.say({ type: 'keepAlive' }));
    world.network.run(100 * SECOND);
    expect(world.reasons(stuck)).toEqual(['never-drains']);
  });

  it('what is answered without credit is bounded: then → closed', () => {
    const world = new HostileWorld(nobleCrypto, { has: 'all', length: 60 * BLOCK, manifest: 20_000 });
    const stuck = world.attacker((script) => {
      script.admitted = () => script.greet({ type: 'haveNone' });
    });
    stuck.drains = false;
    const payload = encodeMetadataMessage({ type: 'request', part: 0 });
    const root = world.share.metainfo.root!;
    for (let round = 0; round < 40; round++) {
      stuck.say(...times(20, { type: 'extended', id: UT_METADATA, payload }));
      stuck.say(
        ...times(40, { type: 'hashRequest', root, baseLayer: 2, index: 0, length: 16, proofLayers: 3 }),
      );
      world.settle();
    }
    const lane = world.victim.swarm.peers.get(stuck.id)?.lanes.get(0);
    expect(lane?.backlog ?? 0).toBeLessThan(1.5 * MIB);
    expect(stuck.state).toBe('admitted');
    world.network.run(2 * MINUTE);
    expect(stuck.state).toBe('closed');
  });

  it('rejects that it calls for without end, and hardly takes: at 4 MiB → closed', () => {
    const world = new HostileWorld(nobleCrypto, { has: 'all' });
    const miser = world.attacker((script) => {
      script.admitted = () => {
        script.greet({ type: 'haveNone' });
        script.say({ type: 'interested' });
      };
    });
    world.network.run(15 * SECOND, () => miser.heardOf('unchoke').length > 0);
    const lane = world.victim.swarm.peers.get(miser.id)!.lanes.get(0)!;
    miser.drains = false;
    const request = encodeMessage({ type: 'request', ...block });
    const cancel = encodeMessage({ type: 'cancel', ...block });
    const pairs = concat(...new Array<Bytes>(5000).fill(concat(request, cancel)));
    const waiting: number[] = [];
    for (let round = 0; round < 100 && world.reasons(miser).length === 0; round++) {
      waiting.push(lane.backlog);
      miser.sayBytes(pairs);
      world.settle();
      // One byte now and then: it is not stuck.
      world.victim.feed({ type: 'credit', peer: miser.id, lane: 0, bytes: 1 });
    }
    expect(world.reasons(miser)).toEqual(['never-drains']);
    expect(Math.max(...waiting)).toBeGreaterThan(3.9 * MIB);
    expect(Math.max(...waiting)).toBeLessThanOrEqual(4 * MIB);
  });
});
