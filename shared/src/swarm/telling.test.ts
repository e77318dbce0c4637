import { describe, expect, it } from 'vitest';
import { BLOCK } from '../content/layout.ts';
import { nobleCrypto } from '../platform/nobleCrypto.ts';
import { OutgoingLane } from './lane.ts';
import { Peer } from './peer.ts';
import { tellDontHave, tellHave } from './telling.ts';
import { TestContext } from './testing/testContext.ts';
import { TinyShare } from './testing/tinyShare.ts';

const share = new TinyShare(nobleCrypto, 4 * BLOCK, BLOCK);
const piece = share.layout.index(2)!;

describe('tellHave', () => {
  const context = new TestContext(share);
  const peerWith = (...pieces: number[]) => {
    const peer = context.peer();
    peer.claims.settle(share.layout.pieces);
    for (const each of pieces) peer.claims.have(each);
    return peer;
  };

  it('tells who lacks the piece, and who has everything, at once', () => {
    for (const peer of [peerWith(), peerWith(0, 1, 2, 3)]) {
      tellHave(peer, piece);
      expect(context.said(peer)).toEqual([{ type: 'have', piece }]);
    }
  });

  const waiting = () => {
    let queued = 0;
    const peer = new Peer(peerWith().id, 0, new OutgoingLane(() => queued++));
    peer.claims.settle(share.layout.pieces);
    peer.claims.have(piece);
    tellHave(peer, piece);
    expect(queued).toBe(0);
    return peer;
  };

  it('lets who has it too wait for what is said next', () => {
    const peer = waiting();
    peer.send({ type: 'interested' });
    expect(context.said(peer)).toEqual([{ type: 'have', piece }, { type: 'interested' }]);
  });

  it('says nothing of a piece that was lost meanwhile', () => {
    const peer = waiting();
    peer.extensions = {
      metadata: 1,
      dontHave: 2,
      lane: undefined,
      metadataSize: 1,
      requestQueue: 1,
      shoal: true,
    };
    tellDontHave(peer, piece);
    peer.send({ type: 'interested' });
    expect(context.said(peer)).toEqual([{ type: 'interested' }]);
    tellDontHave(peer, piece);
    expect(context.said(peer)).toMatchObject([{ type: 'extended', id: 2 }]);
  });

  it('lets no more than a hundred wait', () => {
    const large = new TinyShare(nobleCrypto, 100 * BLOCK, BLOCK);
    const peer = peerWith();
    peer.lanes.clear();
    let queued = 0;
    peer.lanes.set(0, new OutgoingLane(() => queued++));
    const [last, ...others] = [...large.layout.indices()];
    for (const each of others) peer.tellLater(each);
    expect(queued).toBe(0);
    peer.tellLater(last!);
    expect(context.said(peer)).toHaveLength(100);
  });
});
