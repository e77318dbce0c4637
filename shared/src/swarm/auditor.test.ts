import { beforeEach, describe, expect, it } from 'vitest';
import { MINUTE } from '../base/time.ts';
import { BLOCK } from '../content/layout.ts';
import { nobleCrypto } from '../platform/nobleCrypto.ts';
import type { Message } from '../wire/message.ts';
import { Auditor } from './auditor.ts';
import type { Peer } from './peer.ts';
import { actAsSeeder, spoilt } from './testing/scripts.ts';
import { TestContext } from './testing/testContext.ts';
import { HostileWorld } from './testing/hostileWorld.ts';
import { TinyShare } from './testing/tinyShare.ts';

type Request = Message & { readonly type: 'request' };

const share = new TinyShare(nobleCrypto, 20 * BLOCK + 5, 4 * BLOCK);

describe('Auditor', () => {
  let context: TestContext;
  let auditor: Auditor;
  let peer: Peer;

  beforeEach(() => {
    context = new TestContext(share);
    context.seeding = true;
    auditor = new Auditor(context, share.layout);
    peer = context.peer();
    peer.claims.open({ type: 'all' });
    peer.claims.settle(share.layout.pieces);
    peer.chokesUs = false;
  });

  function asked(): Request[] {
    return context.said(peer).filter((message): message is Request => message.type === 'request');
  }

  /** The peer's answer, and our own block to compare it with. */
  function answer({ piece, begin, length }: Request, data = share.range(piece, begin, length)): void {
    expect(auditor.received(peer, { type: 'piece', piece, begin, data })).toBe(true);
    for (const output of context.outputs())
      if (output.type === 'read')
        expect(
          auditor.read(output.operation, share.range(output.piece, output.begin, output.length)),
        ).toEqual({ lost: undefined });
  }

  it('counts a copy once all of four different blocks have been right, and not before', () => {
    auditor.consider(peer);
    const requests = asked();
    expect(new Set(requests.map(({ piece, begin }) => `${piece}:${begin}`)).size).toBe(4);
    for (const request of requests) {
      expect(peer.proven).toBe(false);
      expect(auditor.examines(peer.id)).toBe(true);
      answer(request);
    }
    expect(peer.proven).toBe(true);
    expect(auditor.examines(peer.id)).toBe(false);
  });

  it('asks nothing twice, and nothing of who has passed or claims less', () => {
    const partial = context.peer();
    partial.claims.open({ type: 'none' });
    partial.claims.settle(share.layout.pieces);
    auditor.consider(partial);
    expect(auditor.examines(partial.id)).toBe(false);
    auditor.consider(peer);
    const requests = asked();
    auditor.consider(peer);
    auditor.unchoked(peer);
    expect(asked()).toEqual([]);
    for (const request of requests) answer(request);
    auditor.consider(peer);
    expect(asked()).toEqual([]);
    const [{ piece, begin, length }] = requests as [Request];
    const again = { type: 'piece', piece, begin, data: share.range(piece, begin, length) } as const;
    expect(auditor.received(peer, again)).toBe(false);
  });

  it('bans who gives a wrong block', () => {
    auditor.consider(peer);
    const [first] = asked() as [Request];
    answer(first, spoilt(share.range(first.piece, first.begin, first.length)));
    expect(context.dropped).toEqual([{ peer: peer.id, reason: 'poisoned', banned: true }]);
    expect(peer.proven).toBe(false);
  });

  it('waits to be unchoked, and asks again what was rejected when it is unchoked anew', () => {
    peer.chokesUs = true;
    auditor.consider(peer);
    expect(asked()).toEqual([]);
    peer.chokesUs = false;
    auditor.unchoked(peer);
    const [first, ...others] = asked() as [Request, ...Request[]];
    expect(auditor.rejected(peer, first)).toBe(true);
    for (const request of others) answer(request);
    expect(peer.proven).toBe(false);
    auditor.unchoked(peer);
    expect(asked()).toEqual([first]);
    answer(first);
    expect(peer.proven).toBe(true);
  });

  it('does not count who cannot produce the blocks, and after five minutes begins anew', () => {
    auditor.consider(peer);
    for (const request of asked()) auditor.rejected(peer, request);
    context.now = 5 * MINUTE;
    auditor.tick();
    expect(auditor.examines(peer.id)).toBe(true);
    context.now++;
    auditor.tick();
    expect(auditor.examines(peer.id)).toBe(false);
    expect(peer.proven).toBe(false);
    expect(context.dropped).toEqual([]);
    auditor.consider(peer);
    expect(asked()).toHaveLength(4);
  });

  it('says when our own block cannot be read, does not hold it against the peer, and asks again later', () => {
    auditor.consider(peer);
    const [first, ...others] = asked() as [Request, ...Request[]];
    const { piece, begin, length } = first;
    auditor.received(peer, { type: 'piece', piece, begin, data: share.range(piece, begin, length) });
    for (const output of context.outputs())
      if (output.type === 'read')
        expect(auditor.read(output.operation, undefined)).toEqual({ lost: share.layout.index(piece) });
    expect(context.dropped).toEqual([]);
    for (const request of others) answer(request);
    expect(peer.proven).toBe(false);
    auditor.unchoked(peer);
    expect(asked()).toEqual([first]);
    answer(first);
    expect(peer.proven).toBe(true);
  });

  it('asks nothing while we have not everything ourselves', () => {
    peer.chokesUs = true;
    auditor.consider(peer);
    peer.chokesUs = false;
    context.seeding = false;
    auditor.unchoked(peer);
    expect(asked()).toEqual([]);
    context.seeding = true;
    auditor.unchoked(peer);
    expect(asked()).toHaveLength(4);
  });

  it('leaves to others the reject of a block that it has, or has not asked for', () => {
    auditor.consider(peer);
    const [first, second] = asked() as [Request, Request];
    answer(first);
    expect(auditor.rejected(peer, first)).toBe(false);
    expect(auditor.rejected(peer, second)).toBe(true);
    expect(auditor.rejected(peer, second)).toBe(false);
  });
});

describe('an audit among real peers', () => {
  it('tells its interest, and takes it back when it is over', () => {
    const world = new HostileWorld(nobleCrypto, { has: 'all' });
    const script = world.attacker((seeder) => actAsSeeder(seeder, world.share));
    world.network.run(MINUTE);
    expect(world.victim.swarm.view(world.network.now).copies).toBe(1);
    expect(script.heardOf('interested')).toHaveLength(1);
    expect(script.heardOf('notInterested')).toHaveLength(1);
    expect(script.heardOf('request')).toHaveLength(4);
  });
});
