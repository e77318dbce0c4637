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

const table = { now: 3 * MINUTE, seeding: false, empty: false, starving: false, size: 100_000 };

function order(seeding: boolean, now: number): Peer[] {
  const left = new Set(all);
  const gone: Peer[] = [];
  for (let next = leastUseful(left, { ...table, now, seeding }); next !== undefined;) {
    gone.push(next);
    left.delete(next);
    next = leastUseful(left, { ...table, now, seeding });
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
    const early = { ...table, now: MINUTE, size: 100e6 };
    expect(leastUseful([giver, holder, served], { ...early, seeding: true })).toBe(served);
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

  it('is, for a seeder, who has long kept to itself what nobody else was given, even when it has just come again', () => {
    const hoarder = peer((each) => {
      each.interested = true;
      each.hoardsSince = MINUTE;
    });
    const later = { ...table, now: MINUTE + 21 * SECOND, seeding: true };
    expect(leastUseful([giver, hoarder, idle], later)).toBe(hoarder);
    expect(leastUseful([hoarder], { ...later, now: MINUTE + 20 * SECOND })).toBeUndefined();
    expect(leastUseful([hoarder], { ...later, seeding: false })).toBeUndefined();
    hoarder.choked = false;
    expect(leastUseful([hoarder], later)).toBeUndefined();
    const returned = peer((each) => {
      each.interested = true;
      each.hoardsSince = -MINUTE;
      each.resume({ sent: 1, received: 0 });
    });
    expect(leastUseful([returned], { ...table, now: 1, seeding: true })).toBe(returned);
  });

  it('is, for a seeder whom others wait for, a choked peer that has had something and the place for two minutes', () => {
    const had = (choked: boolean, sent: number) =>
      peer((each) => {
        each.interested = true;
        each.choked = choked;
        each.sent.add(0, sent);
      });
    const [holder, waiting, served] = [had(false, 1), had(true, 0), had(true, 1)];
    const all = [holder, waiting, served];
    expect(leastUseful(all, { ...table, now: 2 * MINUTE, seeding: true })).toBeUndefined();
    expect(leastUseful(all, { ...table, now: 2 * MINUTE + 1, seeding: true })).toBe(served);
  });

  it('is, for a leecher, who was given two pieces and has never given any, at once when it has come again', () => {
    const debtor = peer((each) => {
      each.interested = true;
      each.interesting = true;
      each.pieceLength = 1000;
      each.sent.add(0, 1000);
    });
    expect(leastUseful([giver, debtor], { ...table, now: MINUTE })).toBeUndefined();
    debtor.sent.add(0, 1000);
    expect(leastUseful([giver, debtor], { ...table, now: MINUTE })).toBe(debtor);
    expect(leastUseful([giver, debtor], { ...table, now: MINUTE, seeding: true })).toBeUndefined();
    const returned = peer((each) => {
      each.interested = true;
      each.interesting = true;
      each.resume({ sent: 1000, received: 0 });
    });
    expect(leastUseful([returned], { ...table, now: 1 })).toBe(returned);
    returned.received.add(1, 1);
    expect(leastUseful([returned], { ...table, now: 1 })).toBeUndefined();
  });

  it('is, where nothing comes in at all, who gives nothing for half a minute', () => {
    expect(leastUseful([barren], { ...table, now: MINUTE })).toBeUndefined();
    expect(leastUseful([barren], { ...table, now: MINUTE, starving: true })).toBe(barren);
  });

  it('is nobody who has as little as we have: both will want something', () => {
    const newcomer = peer((each) => {
      each.claims.open({ type: 'none' });
      each.claims.settle(share.layout.pieces);
    });
    expect(leastUseful([newcomer], { ...table, now: MINUTE, empty: true })).toBeUndefined();
    expect(leastUseful([newcomer], { ...table, now: MINUTE })).toBe(newcomer);
  });
});
