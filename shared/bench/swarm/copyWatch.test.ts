import { describe, expect, it } from 'vitest';
import { SECOND } from '../../src/base/time.ts';
import { PieceLayout } from '../../src/content/layout.ts';
import { CopyWatch } from './copyWatch.ts';

const layout = new PieceLayout(4 * 65536, 65536);
const [a, b, c, d] = [...layout.indices()];
const holding = (...pieces: (typeof a)[]) => ({
  pieces: new Set(pieces.filter((piece) => piece !== undefined)),
});

describe('CopyWatch', () => {
  it('sees a copy that is spread over several peers', () => {
    const watch = new CopyWatch(layout.indices());
    expect(watch.isOut(0, () => [])).toBe(false);
    expect(watch.isOut(SECOND, () => [holding(a, d), holding(b)])).toBe(false);
    expect(watch.isOut(2 * SECOND, () => [holding(a, d), holding(b, c)])).toBe(true);
  });

  it('looks again only after a while', () => {
    const watch = new CopyWatch(layout.indices());
    const all = () => [holding(a, b, c, d)];
    expect(watch.isOut(SECOND, () => [])).toBe(false);
    expect(watch.isOut(SECOND + 1, all)).toBe(false);
    expect(watch.isOut(2 * SECOND, all)).toBe(true);
  });
});
