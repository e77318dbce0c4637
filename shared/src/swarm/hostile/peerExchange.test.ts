import { describe, expect, it } from 'vitest';
import { type PeerId, peerIdOf } from '../../base/ids.ts';
import { SECOND } from '../../base/time.ts';
import { nobleCrypto } from '../../platform/nobleCrypto.ts';
import { encodeExtendedHandshake, EXTENDED_HANDSHAKE, SHOAL_PEERS } from '../../wire/extensions.ts';
import { encodePeersMessage, parsePeersMessage, type PeersMessage } from '../../wire/peersMessage.ts';
import { HostileWorld } from '../testing/hostileWorld.ts';
import type { ScriptedPeer } from '../testing/scriptedPeer.ts';
import type { TestPeer } from '../testing/testPeer.ts';

const M = new Map([['shoal_peers', SHOAL_PEERS]]);

/** A member that speaks the extension. */
function talker(world: HostileWorld): ScriptedPeer {
  const script = world.attacker();
  const payload = encodeExtendedHandshake({ m: M });
  script.say({ type: 'extended', id: EXTENDED_HANDSHAKE, payload }, { type: 'haveNone' });
  script.stayAlive();
  world.settle();
  return script;
}

function tell(script: ScriptedPeer, message: PeersMessage): void {
  script.say({ type: 'extended', id: SHOAL_PEERS, payload: encodePeersMessage(message) });
}

function idOf(number: number): PeerId {
  return peerIdOf(new Uint8Array(20).fill(number, 0, 19).fill(7, 19));
}

const nobody = (first: number, count: number) =>
  Array.from({ length: count }, (_, place) => idOf(first + place));

function dials(victim: TestPeer): PeerId[] {
  return victim.outputs.flatMap((output) =>
    output.type === 'open' && output.role === 'initiator' ? [output.peer] : [],
  );
}

function told(script: ScriptedPeer): PeersMessage[] {
  return script.heard.flatMap((message) => {
    if (message.type !== 'extended' || message.id !== SHOAL_PEERS) return [];
    const read = parsePeersMessage(message.payload);
    return read === undefined || read.type === 'unknown' ? [] : [read];
  });
}

describe('row 24: peer exchange full of junk', () => {
  it('keeps a few dials busy, and not those to others', () => {
    const world = new HostileWorld(nobleCrypto);
    world.victim.feed({ type: 'download' });
    const liar = talker(world);
    tell(liar, { type: 'peers', added: nobody(10, 50), dropped: [] });
    world.network.run(5 * SECOND);
    const dialled = dials(world.victim).filter((id) => id !== liar.id);
    expect(dialled).toHaveLength(4);
    const seeder = world.seeder();
    world.victim.meet(seeder);
    world.network.run(2 * SECOND);
    expect(world.victim.links).toContain(seeder.id);
  });

  it('is listened to for a hundred a minute, and forgotten when its teller goes', () => {
    const world = new HostileWorld(nobleCrypto);
    world.victim.feed({ type: 'download' });
    const liar = talker(world);
    for (let first = 0; first < 200; first += 50)
      tell(liar, { type: 'peers', added: nobody(first, 50), dropped: [] });
    world.settle();
    liar.hangUp();
    world.settle();
    const before = dials(world.victim).length;
    world.network.run(60 * SECOND);
    expect(dials(world.victim).length).toBe(before);
  });

  it.each<[string, Uint8Array<ArrayBuffer>]>([
    ['half an id', new Uint8Array(12)],
    ['nothing', new Uint8Array()],
    ['a signal without end', new Uint8Array(9000).fill(1)],
  ])('%s → closed', (_, payload) => {
    const world = new HostileWorld(nobleCrypto);
    const liar = talker(world);
    liar.say({ type: 'extended', id: SHOAL_PEERS, payload });
    world.settle();
    expect(world.reasons(liar)).toEqual(['malformed-message']);
  });

  it('told without end → closed', () => {
    const world = new HostileWorld(nobleCrypto);
    const liar = talker(world);
    for (let count = 0; count < 30; count++) tell(liar, { type: 'peers', added: [], dropped: [] });
    world.settle();
    expect(world.reasons(liar)).toEqual(['message-flood']);
  });
});

describe('signals between two who have a peer in common', () => {
  it('are passed on by it, and it says from whom they are', () => {
    const world = new HostileWorld(nobleCrypto);
    const [one, two] = [1, 2].map(() => talker(world));
    world.network.run(20 * SECOND);
    expect(told(one!).flatMap((each) => (each.type === 'peers' ? each.added : []))).toContain(two!.id);
    const sealed = Uint8Array.of(1, 2, 3);
    tell(one!, { type: 'pass', peer: two!.id, sealed });
    tell(one!, { type: 'pass', peer: idOf(99), sealed });
    world.settle();
    expect(told(two!)).toContainEqual({ type: 'passed', peer: one!.id, sealed });
    expect(world.reasons(one!)).toEqual([]);
  });

  it('are lost beyond a measure; who goes on is sent away', () => {
    const world = new HostileWorld(nobleCrypto);
    const [one, two] = [1, 2].map(() => talker(world));
    world.settle();
    const flood = (count: number) => {
      for (let sent = 0; sent < count; sent++)
        tell(one!, { type: 'pass', peer: two!.id, sealed: new Uint8Array(100) });
      world.settle();
    };
    flood(1500);
    const passed = told(two!).filter(({ type }) => type === 'passed').length;
    expect(passed).toBeGreaterThanOrEqual(1000);
    expect(passed).toBeLessThan(1100);
    expect(world.reasons(one!)).toEqual([]);
    flood(1500);
    expect(world.reasons(one!)).toEqual(['message-flood']);
  });
});
