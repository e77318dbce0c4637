import { describe, expect, it, vi } from 'vitest';
import { blankSnapshot } from '@shoal/shared/host/shareSnapshot.ts';
import type { ShareState, Snapshot } from '@shoal/shared/host/snapshot.ts';
import type { NoticePermission } from '../ui/pageState.ts';
import { type Notice, Notifier } from './notifier.ts';

function of(state: ShareState): Snapshot {
  const settings = { uploadLimit: undefined, relayOnly: false };
  const shares = [{ ...blankSnapshot, id: 'a', title: 'Iceland', state }];
  return { shares, removed: [], open: undefined, settings, relays: false, storage: 'lasting' };
}

function make(answer: NoticePermission) {
  const shown: Notice[] = [];
  let permission: NoticePermission = 'unasked';
  const ask = vi.fn(() => Promise.resolve(void (permission = answer)));
  const notices = { permission: () => permission, ask, show: (notice: Notice) => void shown.push(notice) };
  const changed = vi.fn();
  return { notifier: new Notifier(notices, changed), shown, ask, changed };
}

describe('Notifier', () => {
  it('tells once, when what is awaited is complete', async () => {
    const { notifier, shown, changed } = make('granted');
    await notifier.await('a');
    expect(changed).toHaveBeenCalled();
    expect(notifier.awaited).toEqual(new Set(['a']));
    notifier.follow(of('downloading'));
    expect(shown).toEqual([]);
    notifier.follow(of('complete'));
    notifier.follow(of('complete'));
    expect(shown.map(({ title }) => title)).toEqual(['Iceland is complete']);
  });

  it('neither asks nor tells by itself', () => {
    const { notifier, shown, ask } = make('granted');
    notifier.follow(of('complete'));
    expect([shown.length, ask.mock.calls.length]).toEqual([0, 0]);
  });

  it('takes a no', async () => {
    const { notifier, shown } = make('denied');
    await notifier.await('a');
    notifier.follow(of('complete'));
    expect([notifier.permission, notifier.awaited.size, shown.length]).toEqual(['denied', 0, 0]);
  });
});
