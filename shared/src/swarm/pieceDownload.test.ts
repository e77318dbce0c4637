import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BLOCK, PieceLayout } from '../content/layout.ts';
import { type Asked, PieceDownload } from './pieceDownload.ts';

const SIZE = 9 * BLOCK + 100;
const layout = new PieceLayout(SIZE, 16 * BLOCK);
const piece = layout.index(0)!;
const content = Uint8Array.from({ length: SIZE }, (_, index) => (index * 7 + (index >> 8)) & 255);

function begun(): PieceDownload<string> {
  return new PieceDownload<string>(layout, piece);
}

function slice({ begin, length }: { begin: number; length: number }): Uint8Array {
  return content.subarray(begin, begin + length);
}

describe('PieceDownload', () => {
  it('hands out contiguous runs of whole blocks, the last one shorter', () => {
    const download = begun();
    const runs = [];
    for (let run = download.nextRun(4 * BLOCK); run !== undefined; run = download.nextRun(4 * BLOCK)) {
      download.request(run, 'a');
      runs.push([run.begin / BLOCK, run.length]);
    }
    expect(runs).toEqual([
      [0, 4 * BLOCK],
      [4, 4 * BLOCK],
      [8, BLOCK + 100],
    ]);
    expect(download.nextRun(1)).toBeUndefined();
  });

  it('gives a run to one other peer at most, and says what is to be cancelled when it has come', () => {
    const download = begun();
    const run = download.nextRun(4 * BLOCK)!;
    download.request(run, 'slow');
    expect(download.nextRunAgain(BLOCK, 'slow')).toBeUndefined();
    const again = download.nextRunAgain(8 * BLOCK, 'fast')!;
    expect(again).toEqual(run);
    download.request(again, 'fast');
    expect(download.nextRunAgain(BLOCK, 'third')).toBeUndefined();
    expect(download.receive(again.begin, slice(again), 'fast')).toEqual({
      fresh: run.length,
      superfluous: [{ ...run, peer: 'slow' }],
    });
    expect(download.asked).toEqual([]);
    expect(download.receive(run.begin, slice(run), 'slow')).toEqual({ fresh: 0, superfluous: [] });
    expect(download.contributors.slice(0, 5)).toEqual(['fast', 'fast', 'fast', 'fast', undefined]);
  });

  it('remembers who sent what, and can take single blocks back', () => {
    const download = begun();
    for (let run = download.nextRun(5 * BLOCK); run !== undefined; run = download.nextRun(5 * BLOCK)) {
      const peer = run.begin === 0 ? 'a' : 'b';
      download.request(run, peer);
      download.receive(run.begin, slice(run), peer);
    }
    expect(download.complete).toBe(true);
    expect(download.contributors).toEqual(Array.from('aaaaabbbbb'));
    download.discard([2, 9]);
    expect(download.complete).toBe(false);
    expect(download.received).toBe(SIZE - BLOCK - 100);
    expect(download.nextRun(4 * BLOCK)).toEqual({ begin: 2 * BLOCK, length: BLOCK });
  });

  it('counts no block of which only a part came', () => {
    const download = begun();
    expect(download.receive(100, content.subarray(100, 2 * BLOCK + 100), 'a').fresh).toBe(BLOCK);
    expect(download.nextRun(BLOCK)?.begin).toBe(0);
  });

  it('completes with the right bytes whatever happens on the way, never asking more than two for a block', () => {
    const peer = fc.constantFrom('a', 'b', 'c');
    const step = fc.record({
      what: fc.constantFrom('ask', 'ask', 'again', 'answer', 'answer', 'fail', 'leave', 'discard'),
      peer,
      most: fc.integer({ min: 1, max: 6 * BLOCK }),
      pick: fc.nat(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 100 }), (steps) => {
        const download = begun();
        const cancelled: Asked<string>[] = [];
        const answer = (asked: Asked<string>) =>
          cancelled.push(...download.receive(asked.begin, slice(asked), asked.peer).superfluous);
        for (const { what, peer: who, most, pick } of steps) {
          const asked = download.asked[pick % download.asked.length];
          const run = what === 'ask' ? download.nextRun(most) : download.nextRunAgain(most, who);
          if ((what === 'ask' || what === 'again') && run !== undefined) {
            expect(run.begin % BLOCK).toBe(0);
            expect(run.length).toBeLessThanOrEqual(Math.max(most, BLOCK));
            download.request(run, who);
          }
          if (what === 'answer' && asked !== undefined) answer(asked);
          if (what === 'fail' && asked !== undefined) download.release(asked, asked.peer);
          if (what === 'discard') download.discard([pick % 10]);
          if (what === 'leave')
            for (const each of download.asked.filter((one) => one.peer === who)) download.release(each, who);
          check(download);
        }
        for (let asked = download.asked[0]; asked !== undefined; asked = download.asked[0]) answer(asked);
        for (let run = download.nextRun(BLOCK); run !== undefined; run = download.nextRun(BLOCK)) {
          download.request(run, 'z');
          answer({ ...run, peer: 'z' });
        }
        expect(download.complete).toBe(true);
        expect(download.asked).toEqual([]);
        expect(download.bytes.every((byte, index) => byte === content[index])).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});

function check(download: PieceDownload<string>): void {
  for (let block = 0; block < 10; block++) {
    const asked = download.asked.filter(
      ({ begin, length }) => begin <= block * BLOCK && block * BLOCK < begin + length,
    );
    expect(asked.length).toBeLessThanOrEqual(2);
    expect(new Set(asked.map((each) => each.peer)).size).toBe(asked.length);
  }
}
