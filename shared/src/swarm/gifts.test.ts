import { describe, expect, it } from 'vitest';
import { MINUTE } from '../base/time.ts';
import { nobleCrypto } from '../platform/nobleCrypto.ts';
import { BLOCK } from '../content/layout.ts';
import { Gifts } from './gifts.ts';
import { TestContext } from './testing/testContext.ts';
import { TinyShare } from './testing/tinyShare.ts';

const share = new TinyShare(nobleCrypto, 20 * BLOCK, BLOCK);
const context = new TestContext(share);
const [alice, bob, carol] = [context.peer().id, context.peer().id, context.peer().id];
const pieces = [...share.layout.indices()];

function setUp() {
  const gifts = new Gifts();
  const give = (peer = alice, place = 0, now = 0, elsewhere = false) =>
    gifts.give(now, peer, pieces[place]!, () => elsewhere);
  return { gifts, give };
}

describe('Gifts', () => {
  it('counts no piece that somebody else has', () => {
    const { gifts, give } = setUp();
    for (const place of pieces.keys()) give(alice, place, 0, true);
    expect(gifts.standingOf(0, alice)).toBe('untried');
  });

  it('trusts a stranger with two pieces, and each with two more than it has passed on', () => {
    const { gifts, give } = setUp();
    for (const place of [0, 1]) give(alice, place);
    expect(gifts.standingOf(0, alice)).toBe('untried');
    give(alice, 2);
    expect(gifts.standingOf(0, alice)).toBe('hoards');
    expect(gifts.appeared(bob, pieces[0]!)).toBe(alice);
    expect(gifts.standingOf(0, alice)).toBe('passes-on');
    give(alice, 3);
    expect(gifts.standingOf(0, alice)).toBe('passes-on');
    give(alice, 4);
    expect(gifts.standingOf(0, alice)).toBe('hoards');
  });

  it('is not deceived by those who were given the same piece', () => {
    const { gifts, give } = setUp();
    give(alice, 0);
    give(bob, 0);
    expect(gifts.appeared(alice, pieces[0]!)).toBeUndefined();
    expect(gifts.appeared(bob, pieces[0]!)).toBeUndefined();
    // Alice kept it for so long that Bob had to be given it: it is Bob who passes it on.
    expect(gifts.appeared(carol, pieces[0]!)).toBe(bob);
    expect(gifts.appeared(carol, pieces[0]!)).toBeUndefined();
  });

  it('has others given what was kept for a minute, and forgives after two', () => {
    const { gifts, give } = setUp();
    for (const place of [0, 1, 2]) give(alice, place);
    expect(gifts.overdue(MINUTE, alice)).toEqual([]);
    expect(gifts.overdue(MINUTE + 1, alice)).toEqual(pieces.slice(0, 3));
    expect(gifts.standingOf(2 * MINUTE - 1, alice)).toBe('hoards');
    expect(gifts.standingOf(2 * MINUTE, alice)).toBe('untried');
  });
});
