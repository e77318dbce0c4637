import { describe, expect, it, vi } from 'vitest';
import { SeededRandom } from '../../sim/seededRandom.ts';
import { Bitfield } from '../base/bitfield.ts';
import { BLOCK, type PieceIndex, PieceLayout } from '../content/layout.ts';
import { PieceLedger } from './pieceLedger.ts';
import { PiecePicker, type Progress } from './piecePicker.ts';

const nothingToAsk: Progress = { canAsk: () => false, canAskAgain: () => false };
const allToAsk: Progress = { canAsk: () => true, canAskAgain: () => true };

function world(pieces: number, seed = 1) {
  const layout = new PieceLayout(pieces * BLOCK, BLOCK);
  const ledger = new PieceLedger(layout);
  const picker = new PiecePicker(ledger, new SeededRandom(seed));
  const index = (piece: number) => layout.index(piece)!;
  const join = (...had: number[]) => {
    const bitfield = new Bitfield(pieces);
    for (const piece of had) bitfield.set(piece);
    return ledger.join(bitfield);
  };
  const have = (...had: number[]) => {
    for (const piece of had) ledger.move(index(piece), 'had');
  };
  return { layout, ledger, picker, index, join, have, joinAll: () => ledger.join(Bitfield.full(pieces)) };
}

describe('PiecePicker', () => {
  it('asks nothing of a peer without anything of interest', () => {
    const { picker, join, have } = world(8);
    have(0, 1);
    expect(picker.pick(join(0, 1), allToAsk)).toBeUndefined();
    expect(picker.pick(join(), allToAsk)).toBeUndefined();
  });

  it('draws the first four pieces at random, rare or not', () => {
    const drawn = new Set<PieceIndex>();
    for (let seed = 0; seed < 60; seed++) {
      const { picker, join, joinAll, have } = world(6, seed);
      have(5);
      join(0, 1, 2, 3, 4);
      join(0, 1, 2, 3);
      drawn.add(picker.pick(joinAll(), nothingToAsk)!.piece);
    }
    expect([...drawn].sort()).toEqual([0, 1, 2, 3, 4]);
  });

  it('then takes the rarest, at random among equals', () => {
    const drawn = new Set<PieceIndex>();
    for (let seed = 0; seed < 60; seed++) {
      const { picker, join, joinAll, have } = world(10, seed);
      have(0, 1, 2, 3);
      join(4, 5, 6);
      join(4, 5, 7);
      drawn.add(picker.pick(joinAll(), nothingToAsk)!.piece);
    }
    expect([...drawn].sort()).toEqual([8, 9]);
  });

  it('takes what nobody else has before anything else, and of that what is begun', () => {
    const { picker, ledger, join, joinAll, index } = world(10);
    join(0, 1, 2, 3, 4, 5, 6, 7);
    ledger.move(index(2), 'begun');
    const peer = joinAll();
    const drawn = picker.pick(peer, allToAsk)!;
    expect(drawn.type).toBe('new');
    expect([8, 9]).toContain(drawn.piece);
    ledger.move(index(9), 'begun');
    expect(picker.pick(peer, allToAsk)).toEqual({ type: 'begun', piece: 9 });
    expect(picker.pick(join(2, 3), allToAsk)).toEqual({ type: 'begun', piece: 2 });
  });

  it('takes what the peer suggests of what nobody else has, and no other suggestion', () => {
    const { picker, ledger, join, joinAll, index } = world(40);
    join(0, 1, 2, 3);
    const suggested = [index(2), index(31), index(7)];
    const peer = joinAll();
    expect(picker.pick(peer, { ...nothingToAsk, suggested })).toEqual({ type: 'new', piece: 31 });
    ledger.move(index(31), 'begun');
    expect(picker.pick(peer, { ...nothingToAsk, suggested })).toEqual({ type: 'new', piece: 7 });
  });

  it('finishes a begun piece before it begins another, the oldest first', () => {
    const { picker, ledger, joinAll, index } = world(10);
    joinAll();
    ledger.move(index(7), 'begun');
    ledger.move(index(3), 'begun');
    const peer = joinAll();
    expect(picker.pick(peer, allToAsk)).toEqual({ type: 'begun', piece: 7 });
    const onlyThree = { ...nothingToAsk, canAsk: (piece: PieceIndex) => piece === 3 };
    expect(picker.pick(peer, onlyThree)).toEqual({ type: 'begun', piece: 3 });
    expect(picker.pick(peer, nothingToAsk)?.type).toBe('new');
  });

  it('asks a peer again that does nothing for us, though there is more to begin elsewhere', () => {
    const { picker, ledger, join, index, have } = world(6);
    have(0, 1, 2, 3);
    join(5);
    join(5);
    const peer = join(4);
    ledger.move(index(4), 'begun');
    const again = { canAsk: () => false, canAskAgain: () => true };
    expect(picker.pick(peer, { ...again, idle: false })).toBeUndefined();
    expect(picker.pick(peer, { ...again, idle: true })).toEqual({ type: 'again', piece: 4 });
  });

  it('asks again only when everything that somebody has is begun', () => {
    const { picker, ledger, join, index, have } = world(6);
    have(0, 1, 2, 3);
    const peer = join(4);
    ledger.move(index(4), 'begun');
    const again = { canAsk: () => false, canAskAgain: () => true };
    expect(picker.pick(peer, again)).toEqual({ type: 'again', piece: 4 });
    join(5);
    expect(picker.pick(peer, again)).toBeUndefined();
    ledger.move(index(5), 'begun');
    expect(picker.pick(peer, again)).toEqual({ type: 'again', piece: 4 });
    expect(picker.pick(peer, nothingToAsk)).toBeUndefined();
  });

  it('puts deadlines before everything, soonest first, and leaves out what is not wanted', () => {
    const { picker, ledger, joinAll, index, have } = world(10);
    have(0, 1, 2, 3);
    ledger.move(index(4), 'begun');
    ledger.want([index(9), index(8)], 'normal', 2000);
    ledger.want([index(7)], 'normal', 1000);
    ledger.want([index(5), index(6)], 'left-out');
    const peer = joinAll();
    const order: PieceIndex[] = [];
    for (
      let choice = picker.pick(peer, allToAsk);
      choice !== undefined;
      choice = picker.pick(peer, allToAsk)
    ) {
      order.push(choice.piece);
      ledger.move(choice.piece, 'had');
    }
    expect(order).toEqual([7, 8, 9, 4]);
    expect(ledger.left).toBe(0);
    expect(peer.interesting).toBe(false);
    ledger.want([index(5)], 'first');
    expect(peer.interesting).toBe(true);
    expect(picker.pick(peer, allToAsk)?.piece).toBe(5);
  });

  it('prefers pieces that come first, and passes over what the peer refuses', () => {
    const { picker, ledger, joinAll, index, have } = world(10);
    have(0, 1, 2, 3);
    ledger.want([index(6), index(8)], 'first');
    const peer = joinAll();
    const refusing = { ...nothingToAsk, refuses: (piece: PieceIndex) => piece === 6 };
    expect(picker.pick(peer, refusing)).toEqual({ type: 'new', piece: 8 });
    ledger.move(index(8), 'storing');
    expect(picker.pick(peer, refusing)?.piece).not.toBe(6);
    expect(picker.pick(peer, nothingToAsk)).toEqual({ type: 'new', piece: 6 });
  });

  it('looks at a handful of pieces for a pick, however many there are', () => {
    const { picker, layout, ledger, have, join } = world(20_000);
    have(0, 1, 2, 3);
    const halves = [0, 1, 2, 3].map((part) =>
      join(...[...layout.indices()].filter((piece) => piece % 4 !== part && piece % 3 !== 0)),
    );
    let looks = 0;
    const rounds = 1000;
    for (let round = 0; round < rounds; round++) {
      const has = vi.spyOn(halves[round % 4]!, 'has');
      ledger.move(picker.pick(halves[round % 4]!, nothingToAsk)!.piece, 'storing');
      looks += has.mock.calls.length;
      has.mockRestore();
    }
    expect(looks / rounds).toBeLessThan(10);
  });
});
