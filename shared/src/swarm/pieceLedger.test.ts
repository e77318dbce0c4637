import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SeededRandom } from '../../sim/seededRandom.ts';
import { Bitfield } from '../base/bitfield.ts';
import { BLOCK, type PieceIndex, PieceLayout } from '../content/layout.ts';
import type { PeerPieces } from './peerPieces.ts';
import { PieceLedger, type PieceState, type Priority } from './pieceLedger.ts';
import { PiecePicker } from './piecePicker.ts';

const PIECES = 12;
const layout = new PieceLayout(PIECES * BLOCK, BLOCK);
const all = [...layout.indices()];

/** The same knowledge, kept in the plainest way. */
interface Model {
  readonly states: Map<PieceIndex, PieceState>;
  readonly priorities: Map<PieceIndex, Priority>;
  readonly peers: Map<PeerPieces, Set<PieceIndex>>;
}

function isSought({ states, priorities }: Model, piece: PieceIndex): boolean {
  const state = states.get(piece) ?? 'missing';
  return priorities.get(piece) !== 'left-out' && (state === 'missing' || state === 'begun');
}

function rarity({ peers }: Model, piece: PieceIndex): number {
  return [...peers.values()].filter((has) => has.has(piece)).length;
}

/** What a peer may be asked to begin, by looking at everything: the first class that has any, and the rarest of it. */
function rarest(model: Model, peer: PeerPieces): PieceIndex[] {
  const open = all.filter(
    (piece) =>
      peer.has(piece) && isSought(model, piece) && (model.states.get(piece) ?? 'missing') === 'missing',
  );
  const first = open.filter((piece) => model.priorities.get(piece) === 'first');
  const best = first.length > 0 ? first : open;
  const least = Math.min(...best.map((piece) => rarity(model, piece)));
  return best.filter((piece) => rarity(model, piece) === least);
}

function bitfieldOf(pieces: Iterable<PieceIndex>): Bitfield {
  const bitfield = new Bitfield(PIECES);
  for (const piece of pieces) bitfield.set(piece);
  return bitfield;
}

const piece = fc.constantFrom(...all);
const pieces = fc.oneof(fc.constant(all), fc.uniqueArray(piece));
const command = fc.oneof(
  fc.record({ type: fc.constant('join' as const), pieces }),
  fc.record({ type: fc.constant('leave' as const), peer: fc.nat() }),
  fc.record({ type: fc.constant('claims' as const), peer: fc.nat(), pieces }),
  fc.record({ type: fc.constant('gained' as const), peer: fc.nat(), piece }),
  fc.record({ type: fc.constant('lost' as const), peer: fc.nat(), piece }),
  fc.record({
    type: fc.constant('move' as const),
    piece,
    to: fc.constantFrom<PieceState>('missing', 'begun', 'storing', 'had'),
  }),
  fc.record({
    type: fc.constant('want' as const),
    pieces,
    priority: fc.constantFrom<Priority>('left-out', 'normal', 'first'),
  }),
);
type Command = typeof command extends fc.Arbitrary<infer T> ? T : never;

function apply(ledger: PieceLedger, model: Model, step: Command): void {
  const chosen = [...model.peers.keys()];
  const peer = 'peer' in step ? chosen[step.peer % chosen.length] : undefined;
  switch (step.type) {
    case 'join':
      model.peers.set(ledger.join(bitfieldOf(step.pieces)), new Set(step.pieces));
      return;
    case 'move':
      ledger.move(step.piece, step.to);
      model.states.set(step.piece, step.to);
      return;
    case 'want':
      ledger.want(step.pieces, step.priority);
      for (const each of step.pieces) model.priorities.set(each, step.priority);
      return;
    case 'leave':
      if (peer !== undefined) ledger.leave(peer);
      if (peer !== undefined) model.peers.delete(peer);
      return;
    case 'claims':
      peer?.claims(bitfieldOf(step.pieces));
      if (peer !== undefined) model.peers.set(peer, new Set(step.pieces));
      return;
    case 'gained':
      peer?.gained(step.piece);
      if (peer !== undefined) model.peers.get(peer)?.add(step.piece);
      return;
    case 'lost':
      peer?.lost(step.piece);
      if (peer !== undefined) model.peers.get(peer)?.delete(step.piece);
      return;
  }
}

function check(ledger: PieceLedger, model: Model): void {
  const wanted = all.filter((each) => model.priorities.get(each) !== 'left-out');
  const sought = all.filter((each) => isSought(model, each));
  expect(ledger.had).toBe(all.filter((each) => model.states.get(each) === 'had').length);
  expect(ledger.left).toBe(wanted.filter((each) => model.states.get(each) !== 'had').length);
  expect(new Set(ledger.begun)).toEqual(new Set(all.filter((each) => model.states.get(each) === 'begun')));
  for (const each of all) {
    expect(ledger.state(each)).toBe(model.states.get(each) ?? 'missing');
    expect(ledger.availability(each)).toBe(rarity(model, each));
    expect(ledger.isSought(each)).toBe(isSought(model, each));
  }
  for (const [peer, has] of model.peers) {
    expect(all.filter((each) => peer.has(each))).toEqual(all.filter((each) => has.has(each)));
    expect(peer.interesting).toBe(sought.some((each) => has.has(each)));
  }
  const begun = (each: PieceIndex) => model.states.get(each) === 'begun';
  const missing = sought.filter((each) => !begun(each) && rarity(model, each) > 0);
  expect(ledger.allBegun).toBe(missing.length === 0);
}

describe('the ledger and the picker, against a model that looks at everything', () => {
  it('agree after any history', () => {
    fc.assert(
      fc.property(fc.array(command, { maxLength: 60 }), fc.integer(), (steps, seed) => {
        const ledger = new PieceLedger(layout);
        const picker = new PiecePicker(ledger, new SeededRandom(seed));
        const model: Model = { states: new Map(), priorities: new Map(), peers: new Map() };
        for (const step of steps) apply(ledger, model, step);
        check(ledger, model);
        for (const peer of model.peers.keys()) {
          const choice = picker.pick(peer, { canAsk: () => false, canAskAgain: () => false });
          const open = rarest(model, peer);
          if (choice === undefined) expect(open).toEqual([]);
          else {
            expect(choice.type).toBe('new');
            expect(peer.has(choice.piece) && isSought(model, choice.piece)).toBe(true);
            if (ledger.had >= 4) expect(open).toContain(choice.piece);
          }
        }
      }),
      { numRuns: 400 },
    );
  });
});
