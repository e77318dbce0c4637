import { describe, expect, it } from 'vitest';
import { blankSnapshot } from '@shoal/shared/host/shareSnapshot.ts';
import type { ShareSnapshot, Snapshot } from '@shoal/shared/host/snapshot.ts';
import { TabIcon } from './tabIcon.ts';

function make(read = () => Promise.resolve('<svg/>')) {
  const drawn: string[] = ['/icon.svg'];
  const link = {
    getAttribute: () => drawn.at(-1) ?? null,
    setAttribute: (_: string, href: string) => void drawn.push(href),
  };
  const icon = new TabIcon(link, read);
  return { drawn, icon };
}

function of(open: Partial<ShareSnapshot> | undefined): Snapshot {
  const settings = { uploadLimit: undefined, relayOnly: false };
  const view = open && { ...blankSnapshot, ...open };
  return { shares: [], removed: [], open: view, settings, relays: false, storage: 'lasting' };
}

describe('TabIcon', () => {
  it('shows progress in steps, and itself again at the end, without asking the server for it', async () => {
    const { icon, drawn } = make();
    await Promise.resolve();
    for (let done = 0; done <= 1000; done++) icon.follow(of({ state: 'downloading', done, size: 1000 }));
    expect(drawn.length).toBe(1 + 21);
    expect(drawn.slice(1).every((href) => href.startsWith('data:image/svg+xml,'))).toBe(true);
    icon.follow(of({ state: 'complete', done: 1000, size: 1000 }));
    expect(drawn.at(-1)).toBe('data:image/svg+xml,%3Csvg%2F%3E');
  });

  it('stays as it is when nothing is on its way', () => {
    const { icon, drawn } = make();
    icon.follow(of(undefined));
    icon.follow(of({ state: 'ready' }));
    expect(drawn).toEqual(['/icon.svg']);
  });
});
