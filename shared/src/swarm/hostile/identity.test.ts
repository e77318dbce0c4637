import { describe, expect, it } from 'vitest';
import { type Bytes, concat } from '../../base/bytes.ts';
import { idBytes, peerIdOf } from '../../base/ids.ts';
import { MINUTE, SECOND } from '../../base/time.ts';
import { deriveMemberKeys } from '../../content/keys.ts';
import { BLOCK } from '../../content/layout.ts';
import { nobleCrypto } from '../../platform/nobleCrypto.ts';
import { describe as description } from '../testing/testNetwork.ts';
import { HostileWorld } from '../testing/hostileWorld.ts';
import { ScriptedPeer } from '../testing/scriptedPeer.ts';
import { actAsSeeder } from '../testing/scripts.ts';
import { TestPeer } from '../testing/testPeer.ts';

const ID = 48;
const PROOF = 68;

function overwritten(bytes: Bytes, place: number, by: Bytes): Bytes {
  return concat(bytes.subarray(0, place), by, bytes.subarray(place + by.length));
}

/** Nothing was said to it but handshake and proof, and nothing that it said was heard. */
function expectRefused(world: HostileWorld, stranger: ScriptedPeer): void {
  expect(world.reasons(stranger)).toEqual(['not-admitted']);
  expect(stranger.heard).toEqual([]);
  expect(world.victim.swarm.peers.size).toBe(0);
  expect(world.victim.budget.left).toBe(60);
}

describe('row 16: claims an id that is not its own', () => {
  it.each([
    ['ours', (world: HostileWorld) => world.victim.id],
    ['somebody else’s', () => peerIdOf(new Uint8Array(20).fill(7))],
  ])('%s → refused', (_name, idOf) => {
    const world = new HostileWorld(nobleCrypto, { has: 'all' });
    const stranger = world.attacker((script) => {
      script.opening = (opening) => overwritten(opening, ID, idBytes(idOf(world)));
    });
    expectRefused(world, stranger);
  });

  it('a signal that says it comes from us is not answered', () => {
    const world = new HostileWorld(nobleCrypto);
    const { id } = world.victim;
    const member = new ScriptedPeer(world.network, world.share, world.share.keys, id);
    world.victim.feed({ type: 'sealedSignal', from: id, sealed: member.offer(id) });
    expect(world.victim.outputs).toEqual([]);
  });
});

describe('row 17: membership that is not proved', () => {
  it.each<[string, (opening: Bytes, victim: Bytes) => Bytes]>([
    ['missing', (opening) => overwritten(opening, PROOF, new Uint8Array(32))],
    ['wrong in one bit', (opening) => overwritten(opening, 99, Uint8Array.of((opening[99] ?? 0) ^ 1))],
    ['another swarm', (opening) => overwritten(opening, 28, new Uint8Array(20))],
  ])('proof %s → closed before any message', (_name, change) => {
    const world = new HostileWorld(nobleCrypto, { has: 'all' });
    const stranger = world.attacker((script) => {
      script.opening = (opening) => concat(change(opening, opening), Uint8Array.of(0, 0, 0, 1, 15));
    });
    expectRefused(world, stranger);
  });

  it('replayed from another connection → closed', () => {
    const world = new HostileWorld(nobleCrypto, { has: 'all' });
    let first: Bytes | undefined;
    const member = world.attacker((script) => {
      script.opening = (opening) => (first = opening.slice());
    });
    member.hangUp();
    world.settle();
    member.opening = () => first ?? new Uint8Array();
    member.heard.length = 0;
    member.dial(world.victim.id);
    world.network.run(5 * SECOND);
    expectRefused(world, member);
  });

  it('reflected: our own proof sent back → closed', () => {
    const world = new HostileWorld(nobleCrypto, { has: 'all' });
    const mirror = world.attacker((script) => {
      script.opening = () => new Uint8Array();
      const received = script.received.bind(script);
      script.received = (link, peer, bytes) => {
        const own = overwritten(bytes.slice(), ID, idBytes(script.id));
        if (bytes.length >= 100) script.sayBytes(own);
        received(link, peer, bytes);
      };
    });
    world.settle();
    expectRefused(world, mirror);
  });

  it('a stranger’s offer, a signal that was changed, and an SDP with two fingerprints get no answer', () => {
    const world = new HostileWorld(nobleCrypto, { has: 'all' });
    const other = deriveMemberKeys(nobleCrypto, new Uint8Array(16));
    const stranger = new ScriptedPeer(world.network, world.share, other);
    const member = new ScriptedPeer(world.network, world.share);
    const changed = member.offer(world.victim.id);
    changed[40] = (changed[40] ?? 0) ^ 1;
    const print = `a=fingerprint:sha-256 ${new Array<string>(32).fill('CD').join(':')}\r\n`;
    const sent: [ScriptedPeer, Bytes][] = [
      [stranger, stranger.offer(world.victim.id)],
      [member, changed],
      [member, member.offer(world.victim.id, description('two') + print)],
      [member, member.offer(stranger.id)],
    ];
    for (const [from, sealed] of sent) world.victim.feed({ type: 'sealedSignal', from: from.id, sealed });
    expect(world.victim.outputs).toEqual([]);
    expect(world.victim.budget.left).toBe(60);
  });

  it('strangers on the tracker’s list are never dialled, and that nobody is a member is told', () => {
    const world = new HostileWorld(nobleCrypto);
    const keys = deriveMemberKeys(nobleCrypto, new Uint8Array(16));
    const stranger = new ScriptedPeer(world.network, world.share, keys);
    world.victim.feed({ type: 'download' });
    world.victim.meet(stranger);
    world.network.run(MINUTE);
    expect(world.victim.outputs).toEqual([{ type: 'strangersOnly' }]);
  });

  it('a connection that opens anew after the proof, under another certificate → closed', () => {
    const world = new HostileWorld(nobleCrypto, { has: 'all' });
    const member = world.attacker();
    const fingerprints = { local: 'sha-256 01', remote: 'sha-256 02' };
    world.victim.feed({ type: 'opened', peer: member.id, lane: 0, fingerprints });
    expect(world.reasons(member)).toEqual(['reopened']);
  });
});

describe('row 18: hostile metainfo', () => {
  it('of the wrong hash: its author is banned, and it is fetched elsewhere', () => {
    const world = new HostileWorld(nobleCrypto, { knows: false });
    const { info } = world.share.metainfo;
    const liar = world.attacker((script) => {
      script.admitted = () => script.greet({ type: 'haveAll' }, { metadataSize: info.length });
      script.reply = (message) => {
        if (message.type !== 'extended' || message.id !== 1) return;
        const head = new TextEncoder().encode(`d8:msg_typei1e5:piecei0e10:total_sizei${info.length}ee`);
        script.say({
          type: 'extended',
          id: 1,
          payload: concat(
            head,
            info.map((byte) => byte ^ 1),
          ),
        });
      };
    });
    world.settle();
    expect(world.victim.outputs).toContainEqual({
      type: 'dropped',
      peer: liar.id,
      reason: 'invalid-metadata',
      banned: true,
    });
    world.victim.meet(world.seeder());
    expect(world.network.run(MINUTE, () => world.victim.swarm.layout !== undefined)).toBe(true);
  });

  it('said to be larger than any may be → closed, nothing allocated', () => {
    const world = new HostileWorld(nobleCrypto, { knows: false });
    const liar = world.attacker();
    const payload = new TextEncoder().encode('d1:md11:ut_metadatai1ee13:metadata_sizei99999999999ee');
    liar.say({ type: 'extended', id: 0, payload });
    world.settle();
    expect(world.reasons(liar)).toEqual(['malformed-message']);
  });
});

describe('row 27: a tracker that plays tricks', () => {
  it('a replayed offer opens nothing, and does not disturb the connection there is', () => {
    const world = new HostileWorld(nobleCrypto, { has: 'all' });
    const member = new ScriptedPeer(world.network, world.share);
    const offer = member.offer(world.victim.id);
    world.network.relay(member.id, world.victim.id, offer);
    world.network.run(5 * SECOND, () => member.state === 'admitted');
    for (let count = 0; count < 10; count++) world.network.relay(member.id, world.victim.id, offer);
    world.settle();
    expect(world.victim.outputs.filter(({ type }) => type === 'open')).toHaveLength(1);
    member.hangUp();
    world.settle();
    world.network.relay(member.id, world.victim.id, offer);
    world.settle();
    expect(world.victim.outputs.filter(({ type }) => type === 'open')).toHaveLength(1);
  });

  it('a replayed answer is passed on once', () => {
    const world = new HostileWorld(nobleCrypto);
    const member = new ScriptedPeer(world.network, world.share);
    const relayed = world.victim.relayed.bind(world.victim);
    world.victim.relayed = (from, sealed) => {
      relayed(from, sealed);
      relayed(from, sealed);
    };
    world.victim.feed({ type: 'download' });
    world.victim.meet(member);
    world.network.run(5 * SECOND, () => member.state === 'admitted');
    expect(world.victim.outputs.filter(({ type }) => type === 'signal')).toHaveLength(1);
  });
});

describe('row 29: both dial at once', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])('one connection, and both go on (%i)', (seed) => {
    const world = new HostileWorld(nobleCrypto, { seed, length: 4 * BLOCK, has: [] });
    const other = new TestPeer(world.network, world.share, { has: [0] });
    for (const peer of [world.victim, other]) peer.feed({ type: 'download' });
    other.meet(world.victim);
    world.victim.meet(other);
    world.network.run(5 * SECOND);
    expect(world.victim.links).toEqual([other.id]);
    expect(other.links).toEqual([world.victim.id]);
    expect(world.victim.budget.left).toBe(59);
    expect(world.network.run(MINUTE, () => world.victim.swarm.complete)).toBe(true);
  });
});

describe('the opening bytes', () => {
  it('are the same however they are cut', () => {
    const world = new HostileWorld(nobleCrypto, { has: 'all' });
    const member = world.attacker((script) => {
      actAsSeeder(script, world.share);
      script.opening = (opening) => {
        for (const byte of opening.subarray(0, 99)) script.sayBytes(Uint8Array.of(byte));
        return opening.subarray(99);
      };
    });
    world.settle();
    expect(member.state).toBe('admitted');
    expect([...world.victim.swarm.peers.keys()]).toEqual([member.id]);
  });
});
