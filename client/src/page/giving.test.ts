import { blankSnapshot } from '@shoal/shared/host/shareSnapshot.ts';
import type { ShareSnapshot } from '@shoal/shared/host/snapshot.ts';
import { describe, expect, it, vi } from 'vitest';
import type { SaveState } from '../ui/pageState.ts';
import { give, type Giver } from './giving.ts';
import type { Saver } from './saver.ts';
import { Saves } from './saves.ts';

const FILE = { index: 0, path: ['album', 'a.jpg'], size: 7, have: 7, wanted: true };
const open: ShareSnapshot = { ...blankSnapshot, id: 'x', title: 'album', files: [FILE] };

const engine: Giver = {
  saveable: (_, what) => Promise.resolve({ name: what === 'all' ? 'album.zip' : 'a.jpg', size: 7 }),
  save: () => Promise.resolve(),
};
const { port1 } = new MessageChannel();
const saver: Saver = { limit: Number.POSITIVE_INFINITY, save: () => port1 };

async function given(what: number | 'all', parts: { engine?: Partial<Giver>; saver?: Partial<Saver> } = {}) {
  const saves = new Saves(() => undefined);
  const way = Promise.resolve({ ...saver, ...parts.saver });
  await give({ ...engine, ...parts.engine }, way, saves, open, what);
  return saves.shown;
}

describe('give', () => {
  it('hands the saver what is to be saved, and the engine its port', async () => {
    const save = vi.fn<Saver['save']>(() => port1);
    const taken = vi.fn<Giver['save']>(() => Promise.resolve());
    expect(await given(0, { saver: { save }, engine: { save: taken } })).toMatchObject([
      { name: 'a.jpg', type: 'saving' },
    ]);
    expect(save).toHaveBeenCalledWith({ name: 'a.jpg', size: 7 }, expect.any(Function));
    const [id, what, port] = taken.mock.calls[0] ?? [];
    expect([id, what, port === port1]).toEqual(['x', 0, true]);
  });

  it.each<[string, Parameters<typeof given>[1], string]>([
    [
      'gets no answer from an engine',
      { engine: { saveable: () => new Promise(() => undefined) } },
      'engine: expected an answer',
    ],
    [
      'is not taken by an engine',
      { engine: { save: () => new Promise(() => undefined) } },
      'engine: expected an answer',
    ],
    [
      'cannot be made a zip',
      { engine: { saveable: () => Promise.reject(new RangeError('no')) } },
      'RangeError: no',
    ],
    ['is not there', { engine: { saveable: () => Promise.resolve(undefined) } }, 'share: expected x'],
    [
      'finds no service worker',
      {
        saver: {
          save() {
            throw new Error('no worker');
          },
        },
      },
      'no worker',
    ],
    ['is refused by the engine', { engine: { save: () => Promise.reject(new Error('gone')) } }, 'gone'],
  ])('tells of what %s, and why', async (_, parts, reason) => {
    vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    const giving = given('all', parts);
    await vi.advanceTimersByTimeAsync(40_000);
    const [shown, ...others] = await giving;
    vi.useRealTimers();
    expect(others).toEqual([]);
    expect(shown).toMatchObject({ name: 'album.zip', type: 'not-begun' } satisfies Partial<SaveState>);
    expect(shown).toHaveProperty('reason', expect.stringContaining(reason));
  });
});
