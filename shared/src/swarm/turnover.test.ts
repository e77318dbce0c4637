import { describe, expect, it } from 'vitest';
import { MINUTE, SECOND } from '../base/time.ts';
import { nobleCrypto } from '../platform/nobleCrypto.ts';
import type { Peer } from './peer.ts';
import { TestContext } from './testing/testContext.ts';
import { TinyShare } from './testing/tinyShare.ts';
import { leastUseful } from './turnover.ts';

const share = new TinyShare(nobleCrypto, 100_000);
const context = new TestContext(share);

function peer(change: (peer: Peer) => void): Peer {
  const fresh = context.peer();
  change(fresh);
  return fresh;
}

const seeder = peer((each) => {
  each.claims.open({ type: 'all' });
  each.claims.settle(share.layout.pieces);
});
const idle = peer(() => undefined);
const taker = peer((each) => {
  each.interested = true;
  each.sent.add(0, 200_000);
});
const barren = peer((each) => {
  each.interested = true;
  each.interesting = true;
});
const giver = peer((each) => {
  each.interested = true;
  each.interesting = true;
  each.received.add(3 * MINUTE - 1, 1);
});
const all = [giver, barren, taker, idle, seeder];

function order(seeding: boolean, now: number): Peer[] {
  const left = new Set(all);
  const gone: Peer[] = [];
  for (let next = leastUseful(left, { now, seeding, size: 100_000 }); next !== undefined;) {
    gone.push(next);
    left.delete(next);
    next = leastUseful(left, { now, seeding, size: 100_000 });
  }
  return gone;
}

describe('leastUseful', () => {
  it('is, for a seeder whom others wait for, a choked peer that has had its turn', () => {
    const had = (choked: boolean) =>
      peer((each) => {
        each.interested = true;
        each.choked = choked;
        each.sent.add(0, 20 * 64 * 1024);
      });
    const [holder, served] = [had(false), had(true)];
    const table = { now: MINUTE, size: 100e6 };
    expect(leastUseful([giver, holder, served], { ...table, seeding: true })).toBe(served);
    expect(leastUseful([giver, holder, served], { ...table, seeding: false })).toBeUndefined();
  });

  it('is, for a seeder: another seeder, who wants nothing, who has taken it all; a leecher that trades stays', () => {
    expect(order(true, 3 * MINUTE)).toEqual([seeder, idle, taker]);
  });

  it('is, for a leecher: who has nothing to do with us, who has taken it all, who gives nothing', () => {
    expect(order(false, 3 * MINUTE)).toEqual([idle, seeder, taker, barren]);
  });

  it('is nobody who came less than half a minute ago', () => {
    expect(order(true, 29 * SECOND)).toEqual([]);
  });
});
