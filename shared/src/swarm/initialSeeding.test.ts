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
    expect(new Set([...first!, ...second!]).size).toBe(16);
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

  it('goes on when a piece is given that was not named', () => {
    const { seeding, unchoked, named, give } = setUp();
    const [early, late] = [unchoked(), unchoked()];
    seeding.guide(early);
    expect(named(late)).toEqual([]);
    give(late, named(early)[0]!);
    expect(named(late)).toHaveLength(8);
  });

  it('names, in the end, what another peer would come to last', () => {
    const { seeding, unchoked, named } = setUp();
    const peers = Array.from({ length: 8 }, unchoked);
    for (const peer of peers) seeding.guide(peer);
    const before = peers.map((peer) => named(peer));
    // Of 60 pieces, four were left for the eighth, and three more were spared by others.
    expect(before.flat().length).toBe(63);
    expect(before[7]!.slice(4).every((piece) => before.slice(0, 7).flat().includes(piece))).toBe(true);
    const late = unchoked();
    seeding.guide(late);
    const spared = named(late);
    expect(spared.length).toBeGreaterThan(3);
    expect(new Set(spared).size).toBe(spared.length);
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

  it('sees who passes on what it was given, and who keeps it', () => {
    const { context, seeding, unchoked, named, give } = setUp();
    const [honest, hoarder, third] = [unchoked(), unchoked(), unchoked()];
    for (const peer of [honest, hoarder]) seeding.guide(peer);
    const [mine, kept] = [named(honest), named(hoarder)];
    for (const piece of kept.slice(0, 3)) give(hoarder, piece);
    give(honest, mine[0]!);
    seeding.claimed(third, share.layout.index(mine[0]!)!);
    expect(honest).toMatchObject({ passesOn: true, hoards: false });
    expect(hoarder).toMatchObject({ passesOn: false, hoards: true });
    for (const piece of mine.slice(1, 4)) give(honest, piece);
    expect(honest.hoards).toBe(false);
    give(honest, mine[4]!);
    expect(honest.hoards).toBe(true);
    // It may have gone to somebody we do not know.
    context.now += 121 * SECOND;
    seeding.review();
    expect(hoarder.hoards).toBe(false);
  });

  it('trusts nobody beforehand while most of eight or more keep what they were given', () => {
    const { seeding, unchoked, give } = setUp();
    const keepers = [1, 2, 3, 4].map(() => unchoked());
    const others = [1, 2, 3].map(() => unchoked());
    keepers.forEach((peer, piece) => give(peer, piece));
    seeding.review();
    expect(keepers.some(({ hoards }) => hoards)).toBe(false);
    others.push(unchoked());
    give(others[0]!, 10);
    seeding.review();
    expect(keepers.every((peer) => peer.hasHoardedLong(0))).toBe(true);
    expect(others.slice(1).some(({ hoards }) => hoards)).toBe(false);
    seeding.claimed(others[3]!, share.layout.index(10)!);
    seeding.review();
    expect([...keepers, ...others].some(({ hoards }) => hoards)).toBe(false);
  });

  it('names others what a hoarder has kept for a minute', () => {
    const { context, seeding, unchoked, named, give } = setUp();
    const hoarder = unchoked();
    hoarder.claims.open({ type: 'none' });
    hoarder.claims.settle(share.layout.pieces);
    seeding.guide(hoarder);
    const kept = named(hoarder).slice(0, 3);
    for (const piece of kept) {
      give(hoarder, piece);
      hoarder.claims.have(piece);
    }
    context.now += 61 * SECOND;
    seeding.ended(hoarder.id);
    hoarder.choked = true;
    const other = unchoked();
    const all: number[] = [];
    seeding.guide(other);
    for (let pieces = named(other); pieces.length > 0; pieces = named(other)) {
      all.push(...pieces);
      context.now += SECOND / 10;
      for (const piece of pieces) give(other, piece);
    }
    expect(all).toEqual(expect.arrayContaining(kept));
  });
});
