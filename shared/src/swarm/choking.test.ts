import { beforeEach, describe, expect, it } from 'vitest';
import { SECOND } from '../base/time.ts';
import { BLOCK } from '../content/layout.ts';
import { nobleCrypto } from '../platform/nobleCrypto.ts';
import { Choking } from './choking.ts';
import type { Peer } from './peer.ts';
import { TestContext } from './testing/testContext.ts';
import { TinyShare } from './testing/tinyShare.ts';

const share = new TinyShare(nobleCrypto, 8 * BLOCK, 4 * BLOCK);

describe('Choking', () => {
  let context: TestContext;
  let choking: Choking;
  let choked: Peer[];
  let changes: string[];
  let idle: boolean;

  beforeEach(() => {
    context = new TestContext(share);
    choked = [];
    changes = [];
    idle = false;
    choking = new Choking(context, {
      begins: () => undefined,
      seeding: () => true,
      idle: () => idle,
      unchoked: () => changes.push('unchoked'),
      choked: (peer) => {
        choked.push(peer);
        changes.push('choked');
      },
    });
  });

  function wanting(): Peer {
    const peer = context.peer();
    peer.interested = true;
    choking.interested(peer);
    return peer;
  }

  function said(peer: Peer): string[] {
    return context.said(peer).map(({ type }) => type);
  }

  it('unchokes three more each time the uplink lies idle, and three less each round in which it did not', () => {
    const peers = Array.from({ length: 16 }, wanting);
    const unchoked = () => peers.filter((peer) => !peer.choked).length;
    choking.tick();
    expect(unchoked()).toBe(5);
    idle = true;
    for (const more of [8, 11, 13]) {
      context.now += SECOND;
      choking.tick();
      expect(unchoked()).toBe(more);
    }
    idle = false;
    for (const less of [12, 9, 6, 4]) {
      context.now += 12 * SECOND;
      choking.tick();
      expect(unchoked()).toBe(less);
    }
  });

  it('chokes those who go before it unchokes those who come', () => {
    const peers = Array.from({ length: 8 }, wanting);
    choking.tick();
    for (const peer of peers) if (!peer.choked) peer.sent.add(context.now, 30 * 64 * 1024);
    changes = [];
    context.now += 12 * SECOND;
    choking.tick();
    expect(changes).toContain('choked');
    expect(changes.lastIndexOf('choked')).toBeLessThan(changes.indexOf('unchoked'));
  });

  it('unchokes who becomes interested at once, while slots are free, and says so once', () => {
    const peer = wanting();
    expect(peer.choked).toBe(false);
    choking.interested(peer);
    choking.tick();
    expect(said(peer)).toEqual(['unchoke']);
  });

  it('decides anew every ten seconds, not sooner; flags, messages and ended requests agree', () => {
    const peers = Array.from({ length: 20 }, wanting);
    const last = new Map(peers.map((peer) => [peer, 'choke']));
    let changes = 0;
    for (context.now = 0; context.now < 300 * SECOND; context.now += SECOND) {
      choked = [];
      choking.tick();
      for (const peer of peers) if (!peer.choked) peer.sent.add(context.now, BLOCK * 40);
      for (const peer of peers) {
        const messages = said(peer);
        expect(messages.length).toBeLessThanOrEqual(1);
        if (context.now % (10 * SECOND) !== 0) expect(messages).toEqual([]);
        changes += messages.length;
        last.set(peer, messages[0] ?? last.get(peer) ?? '');
        expect(last.get(peer)).toBe(peer.choked ? 'choke' : 'unchoke');
        expect(choked.includes(peer)).toBe(messages[0] === 'choke');
      }
    }
    expect(changes).toBeGreaterThan(20);
  });

  it('gives a whole round after a sleep', () => {
    choking.tick();
    context.now = 9 * SECOND;
    choking.woke();
    const peer = context.peer();
    peer.interested = true;
    context.now = 18 * SECOND;
    choking.tick();
    expect(peer.choked).toBe(true);
    context.now = 19 * SECOND;
    choking.tick();
    expect(peer.choked).toBe(false);
  });
});
