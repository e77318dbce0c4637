import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bytes } from '../base/bytes.ts';
import { type PeerId, peerIdOf } from '../base/ids.ts';
import { SECOND } from '../base/time.ts';
import { nobleCrypto } from '../platform/nobleCrypto.ts';
import type { SwarmContext } from './context.ts';
import type { SwarmOutput } from './io.ts';
import { Rendezvous } from './rendezvous.ts';
import { Seeded } from './testing/seeded.ts';
import { describe as description, markOf } from './testing/testNetwork.ts';
import { TestBudget } from './testing/testPeer.ts';
import { TinyShare } from './testing/tinyShare.ts';

const share = new TinyShare(nobleCrypto, 1000);
const low = peerIdOf(new Uint8Array(20).fill(1));
const high = peerIdOf(new Uint8Array(20).fill(2));

interface Signalled {
  readonly from: End;
  readonly to: PeerId;
  readonly sealed: Bytes;
}

/** One of two ends: whatever it opens tells its offer or answer at once, into a bag from which any signal may come next. */
class End {
  readonly id: PeerId;
  readonly budget = new TestBudget();
  readonly rendezvous: Rendezvous;
  now = 0;
  /** What the browser holds: the offer of the one connection being made, and whether it led to one. */
  connection: { role: string; mark: string; open: boolean } | undefined;
  candidates = 0;
  readonly #bag: Signalled[];
  #marks = 0;

  constructor(id: PeerId, bag: Signalled[], seed: number) {
    this.id = id;
    this.#bag = bag;
    const context = {
      infoHash: share.metainfo.infoHash,
      peerId: id,
      keys: share.keys,
      crypto: nobleCrypto,
      random: new Seeded(seed),
      budget: this.budget,
      emit: (output: SwarmOutput) => this.#perform(output),
      drop: (peer: PeerId) => {
        this.rendezvous.ended(peer);
        this.connection = undefined;
      },
    };
    const now = () => this.now;
    Object.defineProperty(context, 'now', { get: now });
    this.rendezvous = new Rendezvous(
      context as unknown as SwarmContext,
      () => false,
      (_, to, sealed) => this.#bag.push({ from: this, to, sealed }),
    );
  }

  #perform(output: SwarmOutput): void {
    if (output.type === 'open') {
      const mark = output.role === 'initiator' ? `${this.id}/${this.#marks++}` : '';
      this.connection = { role: output.role, mark, open: false };
      if (output.role !== 'initiator') return;
      this.rendezvous.localSignal(output.peer, 0, { type: 'offer', sdp: description(mark) });
    }
    if (output.type !== 'signal' || this.connection === undefined) return;
    if (output.signal.type === 'candidate') {
      this.candidates++;
      return;
    }
    const mark = markOf(output.signal.sdp);
    if (output.signal.type === 'offer') {
      this.connection = { role: 'responder', mark, open: false };
      this.rendezvous.localSignal(output.peer, 0, { type: 'answer', sdp: description(mark) });
    } else if (mark === this.connection.mark) {
      this.connection.open = true;
      this.rendezvous.opened(output.peer);
    }
  }
}

describe('Rendezvous', () => {
  it('makes one connection of two simultaneous dials, in whatever order the signals arrive', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(9), { maxLength: 30 }), fc.boolean(), fc.integer(), (order, late, seed) => {
        const bag: Signalled[] = [];
        const ends = [new End(low, bag, seed), new End(high, bag, seed + 1)];
        const [a, b] = ends;
        a!.rendezvous.dial(high, 'tracker');
        const deliver = (place: number) => {
          const [signal] = bag.splice(place % bag.length, 1);
          const to = ends.find(({ id }) => id === signal?.to);
          if (signal !== undefined) to?.rendezvous.sealedSignal(signal.from.id, signal.sealed, 'tracker');
        };
        if (late && order[0] !== undefined) deliver(order[0]);
        if (!b!.rendezvous.has(low)) b!.rendezvous.dial(low, 'tracker');
        for (const place of order) if (bag.length > 0) deliver(place);
        while (bag.length > 0) deliver(0);
        expect(a!.connection?.mark).toBe(b!.connection?.mark);
        expect(new Set([a!.connection?.role, b!.connection?.role])).toEqual(
          new Set(['initiator', 'responder']),
        );
        expect(ends.find(({ connection }) => connection?.role === 'initiator')?.connection?.open).toBe(true);
        for (const each of ends) expect(each.budget.left).toBe(59);
      }),
    );
  });

  it.each([
    { state: 'open', stale: 3 * SECOND, fresh: 5 * SECOND },
    // On a slow way both may be unanswered for long.
    { state: 'unanswered', stale: 19 * SECOND, fresh: 21 * SECOND },
  ])(
    'takes an offer of the lesser id in place of an $state one of its own, but not one of the same time',
    ({ state, stale, fresh }) => {
      const bag: Signalled[] = [];
      const [a, b] = [new End(low, bag, 1), new End(high, bag, 2)];
      const deliver = () => {
        for (const { from, to, sealed } of bag.splice(0))
          (to === low ? a : b).rendezvous.sealedSignal(from.id, sealed, 'tracker');
      };
      b.rendezvous.dial(low, 'tracker');
      if (state === 'open') {
        deliver();
        deliver();
      }
      bag.length = 0;
      expect(b.connection?.open).toBe(state === 'open');
      const mark = b.connection?.mark;
      const redial = () => {
        a.rendezvous.ended(high);
        a.rendezvous.dial(high, 'tracker');
        deliver();
      };
      b.now = stale;
      redial();
      expect(b.connection).toMatchObject({ role: 'initiator', mark });
      b.now = fresh;
      redial();
      expect(b.connection).toMatchObject({ role: 'responder', mark: a.connection?.mark });
    },
  );

  it('bounds the connections being made for others, and keeps room for our own', () => {
    const bag: Signalled[] = [];
    const end = new End(low, [], 1);
    for (let number = 0; number < 30; number++) {
      const other = new End(peerIdOf(new Uint8Array(20).fill(10 + number)), bag, number + 5);
      other.rendezvous.dial(low, 'tracker');
    }
    for (const { from, sealed } of bag) end.rendezvous.sealedSignal(from.id, sealed, 'tracker');
    expect(end.rendezvous.size).toBe(20);
    expect(end.rendezvous.dial(high, 'tracker')).toBe(true);
    end.now = 21 * SECOND;
    expect(end.rendezvous.overdue(end.now)).toHaveLength(21);
    for (const peer of end.rendezvous.overdue(end.now)) end.rendezvous.ended(peer);
    expect(end.budget.left).toBe(60);
  });

  it('lets an offer take the place of one that has led nowhere for longer than an honest peer takes', () => {
    const bag: Signalled[] = [];
    const end = new End(low, [], 1);
    const others = Array.from({ length: 21 }, (_, number) => {
      const other = new End(peerIdOf(new Uint8Array(20).fill(10 + number)), bag, number + 5);
      other.rendezvous.dial(low, 'tracker');
      return other;
    });
    const offers = bag.splice(0);
    for (const { from, sealed } of offers.slice(0, 20))
      end.rendezvous.sealedSignal(from.id, sealed, 'tracker');
    end.now = 5 * SECOND;
    end.rendezvous.sealedSignal(offers[20]!.from.id, offers[20]!.sealed, 'tracker');
    expect(end.rendezvous.has(others[20]!.id)).toBe(true);
    expect(end.rendezvous.has(others[0]!.id)).toBe(false);
    expect(end.rendezvous.size).toBe(20);
    expect(end.budget.left).toBe(40);
  });

  it('tells how many of its offers nobody answers, once an honest peer would have', () => {
    const bag: Signalled[] = [];
    const [a, b] = [new End(low, bag, 1), new End(high, bag, 2)];
    a.rendezvous.dial(high, 'tracker');
    a.rendezvous.dial(peerIdOf(new Uint8Array(20).fill(9)), 'tracker');
    b.rendezvous.sealedSignal(low, bag[0]!.sealed, 'tracker');
    a.rendezvous.sealedSignal(high, bag.at(-1)!.sealed, 'tracker');
    expect(a.rendezvous.unanswered).toBe(0);
    a.now = 5 * SECOND;
    expect(a.rendezvous.unanswered).toBe(1);
  });

  it('passes on a bounded number of candidates', () => {
    const bag: Signalled[] = [];
    const [a, b] = [new End(low, bag, 1), new End(high, bag, 2)];
    b.rendezvous.dial(low, 'tracker');
    a.rendezvous.sealedSignal(high, bag[0]!.sealed, 'tracker');
    bag.length = 0;
    for (let count = 0; count < 150; count++)
      b.rendezvous.localSignal(low, 0, { type: 'candidate', candidate: '', mid: '0', line: 0 });
    for (const { sealed } of bag) a.rendezvous.sealedSignal(high, sealed, 'tracker');
    expect(a.candidates).toBe(100);
  });
});
