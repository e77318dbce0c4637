import { describe, expect, it } from 'vitest';
import { SECOND } from '../base/time.ts';
import { BLOCK } from '../content/layout.ts';
import { answerHashes, type PieceLayer } from '../content/merkle.ts';
import { nobleCrypto } from '../platform/nobleCrypto.ts';
import { LayerExchange } from './layerExchange.ts';
import type { Peer } from './peer.ts';
import { TestContext } from './testing/testContext.ts';
import { TinyShare } from './testing/tinyShare.ts';

const share = new TinyShare(nobleCrypto, 10 * BLOCK, 2 * BLOCK);

function setUp(layer?: PieceLayer): { context: TestContext; exchange: LayerExchange; learned: PieceLayer[] } {
  const context = new TestContext(share);
  const learned: PieceLayer[] = [];
  const metainfo = { ...share.metainfo, root: share.metainfo.root! };
  return {
    context,
    learned,
    exchange: new LayerExchange(context, metainfo, layer, (each) => learned.push(each)),
  };
}

function asks(context: TestContext, peer: Peer) {
  return context.said(peer).filter((message) => message.type === 'hashRequest');
}

describe('LayerExchange', () => {
  it('asks, verifies and learns; a peer that refuses or is silent is asked again later', () => {
    const { context, exchange, learned } = setUp();
    const peer = context.peer();
    exchange.want();
    const [first] = asks(context, peer);
    exchange.rejected(peer, first!);
    exchange.tick();
    expect(asks(context, peer)).toEqual([]);
    context.now = 31 * SECOND;
    exchange.tick();
    const [second] = asks(context, peer);
    expect(second).toEqual(first);
    context.now += 11 * SECOND;
    exchange.tick();
    expect(asks(context, peer)).toEqual([]);
    context.now += 31 * SECOND;
    exchange.tick();
    const [third] = asks(context, peer);
    exchange.received(peer, third!, answerHashes(nobleCrypto, share.layer, third!)!);
    expect(learned.map(({ bytes }) => bytes)).toEqual([share.layer.bytes]);
    expect(context.dropped).toEqual([]);
  });

  it('asks a peer that refused at once when it has gained something', () => {
    const { context, exchange } = setUp();
    const peer = context.peer();
    exchange.want();
    const [first] = asks(context, peer);
    exchange.rejected(peer, first!);
    exchange.mayKnow(peer.id);
    expect(asks(context, peer)).toEqual([first]);
  });

  it('bans who sends hashes that do not lead to the root, and asks somebody else', () => {
    const { context, exchange } = setUp();
    const liar = context.peer();
    exchange.want();
    const [request] = asks(context, liar);
    const hashes = answerHashes(nobleCrypto, share.layer, request!)!;
    hashes[0] = (hashes[0] ?? 0) ^ 1;
    exchange.received(liar, request!, hashes);
    expect(context.dropped).toEqual([{ peer: liar.id, reason: 'invalid-hashes', banned: true }]);
    const other = context.peer();
    exchange.tick();
    expect(asks(context, other)).toEqual([request]);
  });

  it('takes back what it asked of one who left', () => {
    const { context, exchange } = setUp();
    const gone = context.peer();
    exchange.want();
    const [request] = asks(context, gone);
    context.peers.delete(gone.id);
    exchange.left(gone.id);
    const other = context.peer();
    exchange.tick();
    expect(asks(context, other)).toEqual([request]);
  });

  it('serves what it knows, and rejects the rest', () => {
    const { context, exchange } = setUp(share.layer);
    const peer = context.peer();
    const range = { root: share.metainfo.root!, baseLayer: 1, index: 0, length: 8, proofLayers: 2 };
    exchange.requested(peer, range);
    exchange.requested(peer, { ...range, length: 7 });
    exchange.requested(peer, { ...range, root: new Uint8Array(32) });
    expect(context.said(peer).map(({ type }) => type)).toEqual(['hashes', 'hashReject', 'hashReject']);
  });
});
