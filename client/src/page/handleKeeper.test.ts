import { describe, expect, it } from 'vitest';
import { blankSnapshot } from '@shoal/shared/host/shareSnapshot.ts';
import type { ShareSnapshot, Snapshot } from '@shoal/shared/host/snapshot.ts';
import type { HandleStore } from './handleStore.ts';
import { HandleKeeper } from './handleKeeper.ts';

const roots = [{ kind: 'directory', name: 'folder' } as FileSystemHandle];
const file = (size: number, ...path: string[]) => ({ path, file: new File(['x'.repeat(size)], 'x') });
const chosen = [file(1, 'folder', 'a'), file(2, 'folder', 'b')];

function shareOf(id: string, change: Partial<ShareSnapshot> = {}): ShareSnapshot {
  const files = [
    { index: 0, path: ['folder', 'b'], size: 2, have: 2, wanted: true },
    { index: 1, path: ['folder', 'a'], size: 1, have: 1, wanted: true },
  ];
  const link = `https://x/#${id}`;
  return { ...blankSnapshot, id, role: 'sharer', state: 'sharing', link, files, ...change };
}

function shown(shares: readonly ShareSnapshot[], removed: readonly string[] = []): Snapshot {
  return {
    shares,
    removed: removed.map((id) => ({ id, title: id })),
    open: shares[0],
    settings: { uploadLimit: undefined, relayOnly: false },
    relays: false,
    storage: 'lasting',
  };
}

function make() {
  const kept = new Map<string, readonly FileSystemHandle[]>();
  const store: HandleStore = {
    get: (id) => Promise.resolve(kept.get(id)),
    set: (id, handles) => Promise.resolve(void kept.set(id, handles)),
    delete: (id) => Promise.resolve(void kept.delete(id)),
  };
  return { keeper: new HandleKeeper(store), kept };
}

async function keptOf(choiceId: string | undefined, ...seen: readonly ShareSnapshot[]) {
  const { keeper, kept } = make();
  await keeper.follow(shown([shareOf('old')]));
  keeper.chosen({ id: choiceId, files: chosen, roots });
  for (const share of seen) await keeper.follow(shown([share, shareOf('old')]));
  return [...kept.keys()];
}

describe('HandleKeeper', () => {
  it('keeps what a share was made from, once it has its link', async () => {
    const preparing = shareOf('random', { state: 'preparing', link: undefined });
    expect(await keptOf(undefined, preparing)).toEqual([]);
    expect(await keptOf(undefined, preparing, shareOf('hash'))).toEqual(['hash']);
  });

  it('does not take an older share, or one of other files, for it', async () => {
    expect(await keptOf(undefined, shareOf('old'))).toEqual([]);
    const other = shareOf('hash').files.map((row) => ({ ...row, size: row.size + 1 }));
    expect(await keptOf(undefined, shareOf('hash', { files: other }))).toEqual([]);
    expect(await keptOf(undefined, shareOf('hash', { files: [] }))).toEqual([]);
  });

  it('keeps what was given again, if it was the right thing', async () => {
    expect(await keptOf('old', shareOf('old', { problem: { code: 'files-differ', names: [] } }))).toEqual([]);
    expect(await keptOf('old', shareOf('hash'))).toEqual([]);
    expect(await keptOf('old', shareOf('old'))).toEqual(['old']);
  });

  it('forgets an earlier choice for the same share', async () => {
    const { keeper, kept } = make();
    keeper.chosen({ id: 'old', files: chosen, roots });
    keeper.chosen({ id: 'old', files: chosen, roots: [] });
    await keeper.follow(shown([shareOf('old')]));
    expect(kept.size).toBe(0);
  });

  it('deletes with the share at once, and brings back with it', async () => {
    const { keeper, kept } = make();
    keeper.chosen({ id: undefined, files: chosen, roots });
    await keeper.follow(shown([shareOf('hash')]));
    await keeper.follow(shown([], ['hash']));
    expect(kept.size).toBe(0);
    await keeper.follow(shown([shareOf('hash')]));
    expect(kept.get('hash')).toBe(roots);
    await keeper.follow(shown([], ['hash']));
    await keeper.follow(shown([]));
    await keeper.follow(shown([shareOf('hash')]));
    expect(kept.size).toBe(0);
  });
});
