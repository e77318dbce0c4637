import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { SaveFailure } from '../serviceWorker/saveMessage.ts';
import { Saves } from './saves.ts';

describe('Saves', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  function begun() {
    const saves = new Saves(() => undefined);
    return { saves, report: saves.begin('film.mp4') };
  }

  it('are under way until they are saved, and are spoken of a little longer', () => {
    const { saves, report } = begun();
    report({ type: 'saving', bytes: 5 });
    expect(saves.underWay).toBe(true);
    report({ type: 'saved', bytes: 10 });
    expect([saves.underWay, saves.shown.map(({ type }) => type)]).toEqual([false, ['saved']]);
    vi.advanceTimersByTime(60_000);
    expect(saves.shown).toEqual([]);
  });

  it.each<[SaveFailure, string[]]>([
    [{ code: 'cancelled' }, []],
    [{ code: 'engine-silent' }, ['incomplete']],
    [{ code: 'size-differs', expected: 2, received: 1 }, ['incomplete']],
    [{ code: 'too-large', limit: 7 }, ['too-large']],
    [{ code: 'not-begun', reason: 'no' }, ['not-begun']],
  ])('tell of %j until dismissed', (failure, types) => {
    const { saves, report } = begun();
    report({ type: 'failed', failure });
    vi.advanceTimersByTime(60_000);
    expect([saves.underWay, saves.shown.map(({ type }) => type)]).toEqual([false, types]);
    saves.dismiss(0);
    expect(saves.shown).toEqual([]);
  });
});
