import { describe, expect, it } from 'vitest';
import { SECOND } from '../../src/base/time.ts';
import { nobleCrypto } from '../../src/platform/nobleCrypto.ts';
import { BLOCK } from '../../src/content/layout.ts';
import type { Peer } from '../../src/swarm/peer.ts';
import { TestContext } from '../../src/swarm/testing/testContext.ts';
import { TinyShare } from '../../src/swarm/testing/tinyShare.ts';
import { TyrantChoker } from './tyrantChoker.ts';

const share = new TinyShare(nobleCrypto, 8 * BLOCK, 4 * BLOCK);
const ROUND = 10 * SECOND;
const KB = 1000;

/** A tyrant among partners, who want what it has, and have what it wants. */
class Court {
  readonly context = new TestContext(share);
  readonly choker: TyrantChoker;
  unchoked: ReadonlySet<unknown> = new Set();

  constructor(capacity: number) {
    this.choker = new TyrantChoker(this.context.random, capacity, share.layout.pieceLength);
  }

  partner(): Peer {
    const peer = this.context.peer();
    peer.interested = true;
    peer.interesting = true;
    peer.claims.settle(share.layout.pieces);
    return peer;
  }

  round(): void {
    const { context, choker } = this;
    this.unchoked = choker.rechoke(context.now, [...context.peers.values()], false);
    context.now += ROUND;
  }

  /** Bytes a second that the peer may get, over two minutes of asking for more. */
  allowed(peer: Peer): number {
    const bucket = this.choker.limitOf(peer.id)!;
    const { now } = this.context;
    let bytes = 0;
    for (let at = now; at < now + 120 * SECOND; at = bucket.readyAt(at))
      if (bucket.take(at, BLOCK)) bytes += BLOCK;
    return bytes / 120;
  }
}

describe('a tyrant', () => {
  it('unchokes as many as its uplink pays for, and one at least', () => {
    const court = new Court(40 * KB);
    for (let count = 0; count < 10; count++) court.partner();
    court.round();
    expect(court.unchoked.size).toBe(4);
    for (let round = 0; round < 60; round++) court.round();
    expect(court.unchoked.size).toBe(1);
  });

  it('prefers who gives most for what it takes', () => {
    const court = new Court(8 * KB);
    const partners = Array.from({ length: 6 }, () => court.partner());
    for (const peer of partners) peer.chokesUs = false;
    for (let round = 0; round < 3; round++) {
      for (const [place, peer] of partners.entries()) peer.received.add(court.context.now, place * 50 * KB);
      court.round();
    }
    expect([...court.unchoked]).toEqual([partners[5]!.id, partners[4]!.id]);
  });

  it('offers a fifth more to who does not return it, a tenth less to who has for three rounds', () => {
    const court = new Court(100 * KB);
    const [mean, generous] = [court.partner(), court.partner()];
    generous.chokesUs = false;
    for (let round = 0; round < 4; round++) {
      generous.received.add(court.context.now, 1000 * KB);
      court.round();
    }
    expect(court.allowed(mean) / ((100 / 7) * KB * 1.2 ** 3)).toBeCloseTo(1, 1);
    expect(court.allowed(generous) / ((100 / 7) * KB * 0.9 ** 2)).toBeCloseTo(1, 1);
  });

  it('leaves out who wants nothing, and who has nothing to give', () => {
    const court = new Court(100 * KB);
    court.partner().interested = false;
    court.partner().interesting = false;
    court.round();
    expect(court.unchoked.size).toBe(0);
  });

  it('takes one that has announced many pieces for one that will give much', () => {
    const court = new Court(8 * KB);
    const [, fast] = [court.partner(), court.partner()];
    court.round();
    fast.claims.have(0);
    fast.claims.have(1);
    court.context.now = SECOND;
    court.round();
    expect([...court.unchoked]).toEqual([fast.id]);
  });
});
