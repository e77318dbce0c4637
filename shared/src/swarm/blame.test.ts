import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { peerIdOf } from '../base/ids.ts';
import { BLOCK } from '../content/layout.ts';
import { nobleCrypto } from '../platform/nobleCrypto.ts';
import { hashBlocks, liarsOf, wrongBlocks } from './blame.ts';
import { SoleSources } from './soleSources.ts';
import { Seeded } from './testing/seeded.ts';
import { TinyShare } from './testing/tinyShare.ts';

const share = new TinyShare(nobleCrypto, 4 * BLOCK + 100, 8 * BLOCK);
const piece = share.layout.index(0)!;
const truth = share.leaves(share.bytes);
const ids = [1, 2, 3].map((number) => peerIdOf(new Uint8Array(20).fill(number)));

describe('blame', () => {
  it('falls on those who sent a wrong block, and on nobody else', () => {
    const places = fc.uniqueArray(fc.nat(4));
    const authors = fc.array(fc.nat(2), { minLength: 5, maxLength: 5 });
    fc.assert(
      fc.property(places, authors, (wrong, who) => {
        const bytes = share.bytes.slice();
        for (const place of wrong) bytes[place * BLOCK + 7] = (bytes[place * BLOCK + 7] ?? 0) ^ 1;
        const failure = {
          piece,
          leaves: hashBlocks(nobleCrypto, bytes),
          authors: who.map((each) => ids[each]),
        };
        expect(wrongBlocks(failure, truth)).toEqual([...wrong].sort());
        expect(liarsOf(failure, truth)).toEqual(new Set(wrong.map((place) => ids[who[place]!]!)));
      }),
    );
  });
});

describe('SoleSources', () => {
  it('bar everybody but the first asked, until it is released', () => {
    const sources = new SoleSources();
    const [a, b] = [ids[0]!, ids[1]!];
    sources.asked(piece, a);
    expect(sources.isBarred(piece, b)).toBe(false);
    const failure = { piece, leaves: new Seeded(1).bytes(32), authors: [a, b] };
    sources.add(failure);
    expect([sources.isBarred(piece, a), sources.isBarred(piece, b)]).toEqual([false, false]);
    sources.asked(piece, a);
    sources.asked(piece, b);
    expect([sources.isBarred(piece, a), sources.isBarred(piece, b)]).toEqual([false, true]);
    expect([sources.of(a), sources.of(b)]).toEqual([[piece], []]);
    sources.release(piece);
    expect(sources.isBarred(piece, b)).toBe(false);
    expect(sources.settle(piece)).toBe(failure);
    expect(sources.settle(piece)).toBeUndefined();
  });
});
