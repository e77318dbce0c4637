import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Claims, type Opening } from './claims.ts';

const PIECES = 11;
type Word =
  | { readonly say: 'open'; readonly opening: Opening }
  | { readonly say: 'have' | 'lost'; readonly piece: number };

const word: fc.Arbitrary<Word> = fc.oneof(
  fc.record({
    say: fc.constant('open' as const),
    opening: fc.oneof(
      fc.constant({ type: 'none' as const }),
      fc.constant({ type: 'all' as const }),
      fc
        .uint8Array({ minLength: 2, maxLength: 2 })
        .map((bytes) => ({ type: 'bits' as const, bits: Uint8Array.of(bytes[0]!, bytes[1]! & 0xe0) })),
    ),
  }),
  fc.record({ say: fc.constantFrom('have' as const, 'lost' as const), piece: fc.nat(PIECES - 1) }),
);

/** Whether all of it was accepted. */
function say(claims: Claims, words: readonly Word[]): boolean {
  return words.every((each) => {
    if (each.say === 'open') return claims.open(each.opening);
    return claims[each.say](each.piece) !== 'invalid';
  });
}

describe('Claims', () => {
  it('are the same whether the number of pieces is known before or after', () => {
    fc.assert(
      fc.property(fc.array(word, { maxLength: 12 }), fc.nat(12), (words, when) => {
        const known = new Claims();
        expect(known.settle(PIECES)).toBe(true);
        const early = new Claims();
        const accepted = say(known, words);
        const acceptedEarly =
          say(early, words.slice(0, when)) && early.settle(PIECES) && say(early, words.slice(when));
        expect(acceptedEarly).toBe(accepted);
        if (accepted) expect([...early.bitfield!.indices()]).toEqual([...known.bitfield!.indices()]);
      }),
    );
  });

  it('tell what is new from what was claimed before', () => {
    const claims = new Claims();
    expect(claims.have(3)).toBe('early');
    claims.settle(PIECES);
    expect([claims.have(3), claims.have(4), claims.have(PIECES)]).toEqual(['known', 'new', 'invalid']);
    expect([claims.lost(4), claims.lost(4), claims.lost(PIECES)]).toEqual(['lost', 'unknown', 'invalid']);
    expect([...claims.bitfield!.indices()]).toEqual([3]);
  });

  it('do not fit when they speak of pieces there are not', () => {
    const haves = new Claims();
    haves.have(PIECES);
    expect(haves.settle(PIECES)).toBe(false);
    const bits = new Claims();
    bits.open({ type: 'bits', bits: new Uint8Array(3) });
    expect(bits.settle(PIECES)).toBe(false);
  });
});
