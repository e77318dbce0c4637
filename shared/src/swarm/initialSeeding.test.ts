import { describe, expect, it } from 'vitest';
import { SECOND } from '../base/time.ts';
import { BLOCK } from '../content/layout.ts';
import { nobleCrypto } from '../platform/nobleCrypto.ts';
import { InitialSeeding } from './initialSeeding.ts';
import type { Peer } from './peer.ts';
import { TestContext } from './testing/testContext.ts';
import { TinyShare } from './testing/tinyShare.ts';

const share = new TinyShare(nobleCrypto, 60 * BLOCK, BLOCK);

function setUp() {
  const context = new TestContext(share);
  const seeding = new InitialSeeding(context, share.layout);
  const unchoked = () => {
    const peer = context.peer();
    peer.choked = false;
    return peer;
  };
  const named = (peer: Peer) =>
    context.said(peer).flatMap((message) => (message.type === 'suggest' ? [message.piece] : []));
  const give = (peer: Peer, piece: number, length = BLOCK) =>
    seeding.served(peer, { piece: share.layout.index(piece)!, begin: 0, length });
  return { context, seeding, unchoked, named, give };
}

describe('InitialSeeding', () => {
  it('names each unchoked peer pieces of its own, and another for each that is given', () => {
    const { seeding, unchoked, named, give } = setUp();
    const peers = [unchoked(), unchoked()];
    for (const peer of peers) seeding.guide(peer);
    const [first, second] = peers.map((peer) => named(peer));
    expect(new Set([...first!, ...second!]).size).toBe(24);
    give(peers[0]!, first![0]!, BLOCK / 2);
    expect(named(peers[0]!)).toEqual([]);
    give(peers[0]!, first![0]!, BLOCK / 2);
    const [next] = named(peers[0]!);
    expect([...first!, ...second!]).not.toContain(next);
  });

  it('names every piece once, and nothing that somebody has', () => {
    const { context, seeding, unchoked, named, give } = setUp();
    const holder = context.peer();
    holder.claims.open({ type: 'none' });
    holder.claims.settle(share.layout.pieces);
    holder.claims.have(7);
    const peer = unchoked();
    const all: number[] = [];
    seeding.guide(peer);
    for (let pieces = named(peer); pieces.length > 0; pieces = named(peer)) {
      all.push(...pieces);
      context.now += SECOND;
      for (const piece of pieces) give(peer, piece);
    }
    expect(all.sort((a, b) => a - b)).toEqual([...share.layout.indices()].filter((piece) => piece !== 7));
  });

  it('names others what a peer was named and not given, last what it has a part of', () => {
    const { seeding, unchoked, named, give } = setUp();
    const [goes, stays] = [unchoked(), unchoked()];
    seeding.guide(goes);
    const lost = named(goes);
    give(goes, lost[0]!, BLOCK / 4);
    seeding.ended(goes.id);
    seeding.guide(stays);
    expect(new Set(named(stays))).not.toContain(lost[0]);
    seeding.ended(stays.id);
    goes.choked = true;
    seeding.guide(goes);
    expect(named(goes)).toEqual([]);
  });
});
