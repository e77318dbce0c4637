import { beforeEach, describe, expect, it } from 'vitest';
import { Bitfield } from '../base/bitfield.ts';
import { SECOND } from '../base/time.ts';
import { BLOCK } from '../content/layout.ts';
import { nobleCrypto } from '../platform/nobleCrypto.ts';
import { PieceDownload } from './pieceDownload.ts';
import { PieceLedger } from './pieceLedger.ts';
import { Supplier } from './supplier.ts';
import { TestContext } from './testing/testContext.ts';
import { TinyShare } from './testing/tinyShare.ts';

const share = new TinyShare(nobleCrypto, 8 * BLOCK, 4 * BLOCK);
const { layout } = share;
const [piece] = [...layout.indices()];
const range = { piece: piece!, begin: 0, length: BLOCK };

describe('Supplier', () => {
  let supplier: Supplier;

  beforeEach(() => {
    const peer = new TestContext(share).peer();
    supplier = new Supplier(peer, new PieceLedger(layout).join(Bitfield.full(layout.pieces)));
  });

  function ask(begin = 0, deadline = 20 * SECOND): void {
    const download = new PieceDownload<Supplier>(layout, piece!);
    supplier.ask({ download, range: { ...range, begin }, lane: 0, askedAt: 0, deadline });
  }

  it('ends each request once, and counts the bytes on order', () => {
    ask();
    ask(BLOCK);
    expect(supplier.asked).toBe(2 * BLOCK);
    expect(supplier.answered(range)?.range).toEqual(range);
    expect(supplier.answered(range)).toBeUndefined();
    supplier.giveUp(0, range);
    expect(supplier.isLate(range)).toBe(false);
    expect(supplier.asked).toBe(BLOCK);
    expect(supplier.outstanding.map((each) => each.range.begin)).toEqual([BLOCK]);
  });

  it('forgives as many late answers as it has given up requests, for a minute', () => {
    for (let count = 0; count < 2; count++) {
      ask();
      supplier.giveUp(0, range);
    }
    expect([supplier.isLate(range), supplier.isLate(range), supplier.isLate(range)]).toEqual([
      true,
      true,
      false,
    ]);
    ask();
    supplier.giveUp(0, range);
    supplier.forget(60 * SECOND);
    expect(supplier.isLate(range)).toBe(false);
  });

  it('is left alone about what it refuses for half a minute, or until it is forgiven', () => {
    supplier.refused(0, 1);
    expect(supplier.forget(30 * SECOND - 1)).toBe(false);
    expect(supplier.refuses(1)).toBe(true);
    expect(supplier.forget(30 * SECOND)).toBe(true);
    expect(supplier.refuses(1)).toBe(false);
    supplier.refused(0, 1);
    supplier.refused(0, 2);
    supplier.forgive(1);
    expect([supplier.refuses(1), supplier.refuses(2)]).toEqual([false, true]);
    supplier.forgive();
    expect(supplier.refuses(2)).toBe(false);
  });

  it('is late at the deadline, and not when it has been given all its time again', () => {
    ask();
    expect(supplier.overdue(20 * SECOND - 1)).toEqual([]);
    expect(supplier.overdue(20 * SECOND)).toHaveLength(1);
    supplier.renew(20 * SECOND);
    expect(supplier.overdue(20 * SECOND)).toEqual([]);
    expect(supplier.overdue(40 * SECOND)).toHaveLength(1);
  });

  it('takes no more requests than it has said it queues', () => {
    const extensions = { metadata: 1, dontHave: 2, lane: undefined, metadataSize: 1, shoal: true };
    expect(supplier.laneWithRoom(0)).toBe(0);
    ask();
    expect(supplier.laneWithRoom(0)).toBeUndefined();
    supplier.peer.extensions = { ...extensions, requestQueue: 2 };
    expect(supplier.laneWithRoom(0)).toBe(0);
    ask(BLOCK);
    expect(supplier.laneWithRoom(0)).toBeUndefined();
  });
});
