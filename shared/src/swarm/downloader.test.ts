import { describe, expect, it } from 'vitest';
import { concat } from '../base/bytes.ts';
import { Bitfield } from '../base/bitfield.ts';
import { SECOND } from '../base/time.ts';
import { BLOCK, PieceLayout } from '../content/layout.ts';
import { MessageDecoder } from '../wire/codec.ts';
import { OutgoingLane } from './lane.ts';
import { nobleCrypto } from '../platform/nobleCrypto.ts';
import type { Message, Range } from '../wire/message.ts';
import { Downloader } from './downloader.ts';
import type { SwarmOutput } from './io.ts';
import type { Peer } from './peer.ts';
import { TestContext } from './testing/testContext.ts';
import { TinyShare } from './testing/tinyShare.ts';

const share = new TinyShare(nobleCrypto, 8 * BLOCK, 4 * BLOCK);

class Desk {
  readonly context: TestContext;
  readonly downloader: Downloader;
  readonly had: number[] = [];

  constructor(of: TinyShare = share) {
    this.context = new TestContext(of);
    const content = { layout: of.layout, root: of.metainfo.root!, layer: of.layer };
    this.downloader = new Downloader(this.context, content, new Bitfield(of.layout.pieces), {
      had: (piece) => this.had.push(piece),
      turned: () => undefined,
    });
  }

  seeder(requestQueue = 500): Peer {
    const peer = this.context.peer();
    peer.extensions = {
      metadata: 1,
      dontHave: 2,
      lane: undefined,
      metadataSize: 1,
      requestQueue,
      shoal: true,
    };
    peer.claims.open({ type: 'all' });
    peer.claims.settle(share.layout.pieces);
    peer.chokesUs = false;
    this.downloader.claimed(peer);
    return peer;
  }

  asks(peer: Peer): (Message & { type: 'request' })[] {
    this.downloader.fill();
    return this.context.said(peer).filter((message) => message.type === 'request');
  }

  gives(peer: Peer, { piece, begin, length }: Range): void {
    this.downloader.received(peer, { type: 'piece', piece, begin, data: share.range(piece, begin, length) });
  }

  wanted<Type extends SwarmOutput['type']>(type: Type): (SwarmOutput & { type: Type })[] {
    return this.context
      .outputs()
      .filter((output): output is SwarmOutput & { type: Type } => output.type === type);
  }
}

describe('Downloader', () => {
  it('takes the reject of a request it had ended for that, not for one of the next', () => {
    const desk = new Desk();
    const only = desk.seeder(1);
    const [first] = desk.asks(only);
    desk.context.now = 30 * SECOND;
    desk.downloader.tick();
    const [again] = desk.asks(only);
    // Timed out and asked again: the only seeder there is is just slow.
    expect(again).toEqual(first);
    desk.downloader.rejected(only, first!);
    desk.gives(only, again!);
    expect(only.received.total).toBe(BLOCK);
    expect(desk.asks(only)).toHaveLength(1);
  });

  it('takes the piece for a request it had ended when that was made again, and cancels the one too many', () => {
    const desk = new Desk();
    const only = desk.seeder(1);
    const [first] = desk.asks(only);
    desk.context.now = 30 * SECOND;
    desk.downloader.tick();
    const [again] = desk.asks(only);
    expect(again).toEqual(first);
    desk.gives(only, first!);
    expect(desk.context.said(only)).toEqual([{ ...again, type: 'cancel' }]);
    desk.downloader.rejected(only, again!);
    const [next] = desk.asks(only);
    expect(next).not.toEqual(again);
    desk.gives(only, next!);
    expect(desk.context.said(only)).toEqual([]);
  });

  it('asks of others at once what was asked on a lane that has closed', () => {
    const desk = new Desk();
    const both = desk.seeder();
    both.lanes.set(1, new OutgoingLane());
    desk.downloader.fill();
    const frames = concat(...both.lanes.get(1)!.flush());
    const onFurther = new MessageDecoder().push(frames);
    if (onFurther.type !== 'messages') throw new Error(onFurther.reason);
    expect(onFurther.messages).not.toEqual([]);
    both.lanes.delete(1);
    desk.downloader.laneClosed(both, 1);
    const other = desk.seeder();
    const asked: unknown[] = [];
    for (let some = desk.asks(other); some.length > 0; some = desk.asks(other)) {
      asked.push(...some);
      for (const request of some) desk.gives(other, request);
    }
    expect(asked).toEqual(expect.arrayContaining([...onFurther.messages]));
  });

  it('offers what the silent were too slow for to everybody else first: two of them cannot keep a block', () => {
    const desk = new Desk();
    const silent = [1, 2, 3].map(() => desk.seeder());
    const last = desk.seeder(1);
    const given = new Set<string>();
    for (let round = 0; round < 8; round++) {
      for (let asked = desk.asks(last); asked.length > 0; asked = desk.asks(last))
        for (const request of asked) {
          desk.gives(last, request);
          given.add(`${request.piece}:${request.begin}`);
        }
      desk.context.now += 21 * SECOND;
      desk.downloader.tick();
    }
    expect(silent.every(({ snubbed }) => snubbed)).toBe(true);
    expect(given.size).toBe(8);
  });

  it('asks a peer for a refused piece again when it unchokes us, has it anew, or half a minute has passed', () => {
    const desk = new Desk();
    const only = desk.seeder();
    const refuseAll = () => {
      for (let asked = desk.asks(only); asked.length > 0; asked = desk.asks(only))
        for (const request of asked) desk.downloader.rejected(only, request);
    };
    refuseAll();
    desk.downloader.unchoked(only);
    expect(desk.asks(only).length).toBeGreaterThan(0);
    refuseAll();
    const again = new Desk();
    const other = again.seeder();
    for (let asked = again.asks(other); asked.length > 0; asked = again.asks(other))
      for (const request of asked) again.downloader.rejected(other, request);
    again.context.now = 31 * SECOND;
    again.downloader.tick();
    expect(again.asks(other).length).toBeGreaterThan(0);
  });

  it('wants a piece again that proved wrong while the last of the others was stored', () => {
    const desk = new Desk();
    const [peer, other] = [desk.seeder(), desk.seeder()];
    for (let round = 0; round < 10; round++)
      for (const each of [peer, other]) for (const request of desk.asks(each)) desk.gives(each, request);
    const verifying = desk.wanted('verify');
    expect(verifying).toHaveLength(2);
    desk.downloader.verified(verifying[0]!.operation, true, undefined);
    desk.downloader.stored(desk.wanted('store')[0]!.operation, 'stored');
    expect(desk.downloader.seeks(peer.id)).toBe(false);
    desk.downloader.verified(verifying[1]!.operation, false, undefined);
    desk.downloader.leaves.left(peer.id);
    desk.downloader.leaves.left(other.id);
    const left = [peer, other].filter(({ id }) => desk.context.peers.has(id));
    expect(left.some(({ id }) => desk.downloader.seeks(id))).toBe(true);
  });

  it('is free to choose another piece when nothing came of one that it had asked for', () => {
    const desk = new Desk();
    const only = desk.seeder(1);
    const [first] = desk.asks(only);
    only.chokesUs = true;
    desk.downloader.choked(only);
    desk.downloader.rejected(only, first!);
    const other = 1 - first!.piece;
    desk.downloader.suggested(only, other);
    only.chokesUs = false;
    desk.downloader.unchoked(only);
    expect(desk.asks(only)).toMatchObject([{ piece: other }]);
  });

  it('goes on with a piece of which something came before anything else', () => {
    const desk = new Desk();
    const only = desk.seeder(2);
    const [first, second] = desk.asks(only);
    desk.gives(only, first!);
    only.chokesUs = true;
    desk.downloader.choked(only);
    for (const asked of [second!, ...desk.asks(only)]) desk.downloader.rejected(only, asked);
    desk.downloader.suggested(only, 1 - first!.piece);
    only.chokesUs = false;
    desk.downloader.unchoked(only);
    expect(desk.asks(only)[0]).toMatchObject({ piece: first!.piece });
  });

  it('keeps begun pieces within a bound, whoever serves a block of each and no more', () => {
    const pieceLength = 4 * 1024 * 1024;
    const layout = new PieceLayout(100 * pieceLength, pieceLength);
    const context = new TestContext(share);
    // Nothing is verified here, so the true hashes do not matter.
    const content = { layout, root: new Uint8Array(32), layer: undefined };
    const downloader = new Downloader(context, content, new Bitfield(100), {
      had: () => undefined,
      turned: () => undefined,
    });
    const miser = context.peer();
    miser.extensions = {
      metadata: 1,
      dontHave: 2,
      lane: undefined,
      metadataSize: 1,
      requestQueue: 500,
      shoal: true,
    };
    miser.claims.open({ type: 'all' });
    miser.claims.settle(100);
    miser.chokesUs = false;
    downloader.claimed(miser);
    const begun = new Set<number>();
    for (let round = 0; round < 300; round++) {
      downloader.fill();
      const requests = context.said(miser).filter((message) => message.type === 'request');
      for (const request of requests)
        if (begun.has(request.piece)) downloader.rejected(miser, request);
        else {
          begun.add(request.piece);
          downloader.received(miser, { ...request, type: 'piece', data: new Uint8Array(request.length) });
        }
    }
    expect(begun.size).toBe(100);
    expect(downloader.bytesBegun).toBeLessThanOrEqual(128 * 1024 * 1024);
  });

  it('drops late results of operations that are over', () => {
    const desk = new Desk();
    const peer = desk.seeder();
    for (let asked = desk.asks(peer); asked.length > 0; asked = desk.asks(peer))
      for (const request of asked) desk.gives(peer, request);
    const [verify] = desk.wanted('verify');
    desk.downloader.verified(verify!.operation, true, undefined);
    const [store] = desk.wanted('store');
    desk.downloader.verified(verify!.operation, false, undefined);
    desk.downloader.stored(verify!.operation, 'stored');
    desk.downloader.stored(store!.operation, 'stored');
    desk.downloader.stored(store!.operation, 'full');
    expect(desk.had).toEqual([store!.piece]);
    expect(desk.context.dropped).toEqual([]);
    expect(desk.wanted('storageStopped')).toEqual([]);
  });
});
