import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SECOND } from '../base/time.ts';
import { TokenBucket } from '../base/tokenBucket.ts';
import { BLOCK } from '../content/layout.ts';
import { nobleCrypto } from '../platform/nobleCrypto.ts';
import type { Message } from '../wire/message.ts';
import type { SwarmOutput } from './io.ts';
import { OutgoingLane } from './lane.ts';
import type { Peer } from './peer.ts';
import type { Precedence } from './precedence.ts';
import { TestContext } from './testing/testContext.ts';
import { TinyShare } from './testing/tinyShare.ts';
import { Uploader } from './uploader.ts';

const share = new TinyShare(nobleCrypto, 12 * BLOCK, 4 * BLOCK);

function setUp(missing: ReadonlySet<number> = new Set()): { context: TestContext; uploader: Uploader } {
  const context = new TestContext(share);
  return { context, uploader: new Uploader(context, share.layout, (piece) => !missing.has(piece)) };
}

function unchoked(context: TestContext, credit?: number): Peer {
  const peer = context.peer(credit);
  peer.choked = false;
  return peer;
}

function reads(context: TestContext): (SwarmOutput & { type: 'read' })[] {
  return context.outputs().filter((output) => output.type === 'read');
}

function truth({
  piece,
  begin,
  length,
}: {
  piece: number;
  begin: number;
  length: number;
}): Uint8Array<ArrayBuffer> {
  return share.range(piece, begin, length);
}

/** As a swarm does whenever credit has come back, or time has passed. */
function pump(uploader: Uploader): void {
  uploader.stir();
  uploader.pump();
}

/** The Transport has got rid of everything. */
function drain(peer: Peer): void {
  const lane = peer.lanes.get(0);
  lane?.flush();
  lane?.grant(lane.ahead);
}

function keyOf(message: Message): string {
  if (message.type === 'piece') return `${message.piece}:${message.begin}:${message.data.length}`;
  return message.type === 'reject' ? `${message.piece}:${message.begin}:${message.length}` : '';
}

describe('Uploader', () => {
  it('answers every request exactly once, under any choking, cancelling and reading', () => {
    const action = fc.record({
      do: fc.constantFrom(
        'request' as const,
        'cancel' as const,
        'choke' as const,
        'unchoke' as const,
        'read' as const,
      ),
      peer: fc.nat(1),
      piece: fc.nat(2),
      block: fc.nat(3),
      which: fc.nat(50),
      lost: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(action, { maxLength: 80 }), (actions) => {
        const missing = new Set<number>();
        const { context, uploader } = setUp(missing);
        const peers = [unchoked(context, 3 * BLOCK), unchoked(context, 3 * BLOCK)];
        const open = peers.map((): string[] => []);
        const reading: (SwarmOutput & { type: 'read' })[] = [];
        const hear = () => {
          pump(uploader);
          reading.push(...reads(context));
          for (const [place, peer] of peers.entries())
            for (const message of context.said(peer)) {
              const found = open[place]!.indexOf(keyOf(message));
              expect(found).toBeGreaterThanOrEqual(0);
              open[place]!.splice(found, 1);
            }
        };
        const finish = (place: number, lost: boolean) => {
          const [read] = reading.splice(place % reading.length, 1);
          if (read === undefined) return;
          const piece = uploader.read(read.operation, lost ? undefined : truth(read));
          if (piece !== undefined) missing.add(piece);
          for (const peer of peers) peer.lanes.get(0)?.grant(BLOCK);
        };
        for (const { do: what, peer: place, piece, block, which, lost } of actions) {
          const peer = peers[place]!;
          const range = { piece, begin: block * BLOCK, length: BLOCK };
          if (what === 'request') {
            open[place]!.push(`${range.piece}:${range.begin}:${range.length}`);
            uploader.requested(peer, 0, range);
          } else if (what === 'cancel') uploader.cancelled(peer, 0, range);
          else if (what === 'choke') {
            peer.choked = true;
            uploader.choked(peer);
          } else if (what === 'unchoke') peer.choked = false;
          else if (reading.length > 0) finish(which, lost);
          hear();
        }
        for (let round = 0; round < 400 && open.flat().length > 0; round++) {
          for (const peer of peers) peer.lanes.get(0)?.grant(4 * BLOCK);
          finish(0, false);
          hear();
        }
        expect(open).toEqual([[], []]);
        for (const peer of peers) peer.lanes.get(0)?.grant(1);
        expect(context.dropped).toEqual([]);
      }),
    );
  });

  it('serves some before the others, and some with what these leave over', () => {
    const { context, uploader } = setUp();
    const [last, usual, first] = [unchoked(context), unchoked(context), unchoked(context)];
    const precedences = new Map<unknown, Precedence>([
      [last, 'last'],
      [first, 'first'],
    ]);
    context.policies = {
      ...context.policies,
      choke: {
        rechoke: () => new Set(),
        unchokeAtOnce: () => false,
        precedenceOf: (_now, peer) => precedences.get(peer) ?? 'in-turn',
      },
    };
    for (const [piece, peer] of [last, usual, first].entries())
      for (let block = 0; block < 4; block++)
        uploader.requested(peer, 0, { piece, begin: block * BLOCK, length: BLOCK });
    const served: number[] = [];
    for (let round = 0; round < 20 && served.length < 12; round++) {
      pump(uploader);
      for (const read of reads(context)) {
        served.push(read.piece);
        uploader.read(read.operation, truth(read));
      }
      for (const peer of [last, usual, first]) drain(peer);
    }
    expect(served).toEqual([2, 2, 2, 2, 1, 1, 1, 1, 0, 0, 0, 0]);
  });

  it('shares an upload limit evenly, and keeps to it over time', () => {
    const { context, uploader } = setUp();
    context.upload.limit(64 * 1024);
    const peers = [1, 2, 3].map(() => unchoked(context, 1e9));
    for (const peer of peers)
      for (let count = 0; count < 200; count++)
        uploader.requested(peer, 0, { piece: 0, begin: 0, length: BLOCK });
    const end = 60 * SECOND;
    for (context.now = 0; context.now < end;) {
      pump(uploader);
      for (const { operation } of reads(context)) uploader.read(operation, share.range(0, 0, BLOCK));
      for (const peer of peers) drain(peer);
      expect(uploader.readyAt).toBeGreaterThan(context.now);
      context.now = uploader.readyAt;
    }
    const sent = peers.map((peer) => peer.sent.total);
    const total = sent.reduce((sum, each) => sum + each, 0);
    expect(total).toBeLessThanOrEqual((64 * 1024 * end) / 1000 + 2 * BLOCK);
    expect(total).toBeGreaterThan(0.97 * 64 * 1024 * 60);
    expect(Math.max(...sent) - Math.min(...sent)).toBeLessThanOrEqual(BLOCK);
  });

  it('keeps to what the choke policy allows one peer, and gives the others what they take', () => {
    const { context, uploader } = setUp();
    const [held, free] = [unchoked(context, 1e9), unchoked(context, 1e9)];
    const limit = new TokenBucket(BLOCK);
    const { choke, ...policies } = context.policies;
    context.policies = {
      ...policies,
      choke: {
        rechoke: (...given) => choke.rechoke(...given),
        unchokeAtOnce: (...given) => choke.unchokeAtOnce(...given),
        limitOf: (peer) => (peer === held.id ? limit : undefined),
      },
    };
    for (const peer of [held, free])
      for (let count = 0; count < 100; count++)
        uploader.requested(peer, 0, { piece: 0, begin: 0, length: BLOCK });
    while (context.now < 60 * SECOND) {
      pump(uploader);
      for (const { operation } of reads(context)) uploader.read(operation, share.range(0, 0, BLOCK));
      for (const peer of [held, free]) drain(peer);
      context.now = free.sent.total < 100 * BLOCK ? context.now + 1 : uploader.readyAt;
    }
    expect(free.sent.total).toBe(100 * BLOCK);
    expect(held.sent.total / BLOCK).toBeGreaterThan(58);
    expect(held.sent.total / BLOCK).toBeLessThan(63);
  });

  it('serves one piece after the other, whoever asks for more meanwhile', () => {
    const { context, uploader } = setUp();
    const [first, second] = [unchoked(context), unchoked(context)];
    const ask = (peer: Peer, piece: number, block: number) =>
      uploader.requested(peer, 0, { piece, begin: block * BLOCK, length: BLOCK });
    for (let block = 0; block < 4; block++) {
      ask(first, 0, block);
      ask(second, 1, block);
    }
    for (let block = 0; block < 4; block++) ask(first, 2, block);
    const served: number[] = [];
    for (let round = 0; round < 12; round++) {
      pump(uploader);
      for (const { operation, ...range } of reads(context)) {
        served.push(range.piece);
        uploader.read(operation, truth(range));
      }
      for (const peer of [first, second]) drain(peer);
    }
    expect(served).toEqual([0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2]);
  });

  it('goes on with the others when two take nothing, and with these when they do', () => {
    const { context, uploader } = setUp();
    const [stuck, slow, fast] = [unchoked(context), unchoked(context), unchoked(context)];
    for (let count = 0; count < 60; count++)
      for (const peer of [stuck, slow, fast])
        uploader.requested(peer, 0, { piece: 0, begin: (count % 4) * BLOCK, length: BLOCK });
    for (; context.now < 30 * SECOND; context.now += 100) {
      if (context.now % (5 * SECOND) === 0) drain(slow);
      pump(uploader);
      for (const { operation, ...range } of reads(context)) uploader.read(operation, truth(range));
      drain(fast);
    }
    expect(fast.sent.total).toBe(60 * BLOCK);
    expect(slow.sent.total).toBeGreaterThan(8 * BLOCK);
    expect(slow.sent.total).toBeLessThan(20 * BLOCK);
    expect(stuck.sent.total).toBeLessThanOrEqual(8 * BLOCK);
  });

  it('leaves nothing reserved behind, whether the piece is read, lost or its peer gone', () => {
    const { context, uploader } = setUp();
    const [stays, goes] = [unchoked(context), unchoked(context)];
    for (const peer of [stays, goes])
      for (let block = 0; block < 3; block++)
        uploader.requested(peer, 0, { piece: 0, begin: block * BLOCK, length: BLOCK });
    pump(uploader);
    context.peers.delete(goes.id);
    uploader.left(goes.id);
    for (const [place, { operation, ...range }] of reads(context).entries())
      uploader.read(operation, place === 0 ? undefined : truth(range));
    expect(context.said(goes)).toEqual([]);
    const said = context.said(stays);
    expect(said.map(({ type }) => type).sort()).toEqual(['piece', 'piece', 'reject']);
    const spent = said.reduce((sum, message) => sum + (message.type === 'piece' ? 13 + BLOCK : 17), 0);
    expect(stays.credit(0)).toBe(1024 * 1024 - spent);
  });

  it('reads nothing for what was asked on a lane that has closed, and goes on with the rest', () => {
    const { context, uploader } = setUp();
    const peer = unchoked(context);
    const further = new OutgoingLane();
    peer.lanes.set(1, further);
    uploader.requested(peer, 1, { piece: 0, begin: 0, length: BLOCK });
    uploader.requested(peer, 0, { piece: 0, begin: BLOCK, length: BLOCK });
    peer.lanes.delete(1);
    uploader.laneClosed(peer, 1);
    uploader.pump();
    expect(reads(context).map(({ begin }) => begin)).toEqual([BLOCK]);
  });

  it('takes bytes of another length for a lost piece', () => {
    const { context, uploader } = setUp();
    const peer = unchoked(context);
    uploader.requested(peer, 0, { piece: 1, begin: 0, length: BLOCK });
    pump(uploader);
    expect(uploader.read(reads(context)[0]!.operation, new Uint8Array(5))).toBe(1);
    expect(context.said(peer)).toEqual([{ type: 'reject', piece: 1, begin: 0, length: BLOCK }]);
  });

  it('drops a late result of an operation that is over', () => {
    const { context, uploader } = setUp();
    const peer = unchoked(context);
    uploader.requested(peer, 0, { piece: 1, begin: 0, length: BLOCK });
    pump(uploader);
    const [{ operation }] = reads(context) as [SwarmOutput & { type: 'read' }];
    uploader.read(operation, truth({ piece: 1, begin: 0, length: BLOCK }));
    expect(uploader.read(operation, undefined)).toBeUndefined();
    expect(context.said(peer)).toHaveLength(1);
  });
});
