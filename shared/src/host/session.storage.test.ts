import { beforeEach, describe, expect, test } from 'vitest';
import { SeededRandom } from '../../sim/seededRandom.ts';
import { chosen, patterned, SessionWorld, type Tab } from '../acceptance/doubles/sessionWorld.ts';
import { equal } from '../base/bytes.ts';
import { memoryStorage } from '../platform/memoryStorage.ts';
import type { PieceStore, Storage, StoreLoss } from './ports.ts';
import { StorageHeld } from './storageProblem.ts';

const SIZE = 500_000;

/** A storage whose open stores can be lost, with what is in them or without. */
class Losable implements Storage {
  readonly #kept = memoryStorage();
  readonly records = () => this.#kept.records();
  readonly remove: Storage['remove'] = (share) => this.#kept.remove(share);
  saveFailure: Error | undefined;
  /** Called at each opening, before the pieces can be listed. */
  opened: () => void = () => undefined;
  #lost: (loss: StoreLoss) => void = () => undefined;
  #store: PieceStore | undefined;

  async save(...[share, record]: Parameters<Storage['save']>): Promise<void> {
    if (this.saveFailure !== undefined) throw this.saveFailure;
    await this.#kept.save(share, record);
  }

  async open(...[share, lost]: Parameters<Storage['open']>): Promise<PieceStore> {
    this.#lost = lost ?? this.#lost;
    this.#store = await this.#kept.open(share);
    this.opened();
    return this.#store;
  }

  async empty(): Promise<void> {
    for (const share of (await this.records()).keys()) await this.remove(share);
  }

  lose(loss: StoreLoss): void {
    this.#store?.close();
    this.#lost(loss);
  }
}

describe('row 40: a share that another tab removes, under its sharer', () => {
  let world: SessionWorld;
  let storage: Losable;
  let sharer: Tab;
  let link: string;

  beforeEach(async () => {
    const random = new SeededRandom(40);
    world = new SessionWorld(() => random.fork(), 500);
    storage = new Losable();
    sharer = await world.tab(storage);
    link = await sharer.share([chosen('a', patterned(SIZE))]);
  });

  async function removedElsewhere(tab = sharer) {
    await storage.empty();
    storage.lose('removed');
    return tab.reach('error');
  }

  test('is served no more, says so, and is remembered no more until it is asked for again', async () => {
    const receiver = await world.tab();
    await receiver.download(link);
    expect(await removedElsewhere()).toMatchObject({ problem: { code: 'removed-elsewhere' } });
    expect(sharer.connections).toBe(0);
    await world.pass(10_000);
    expect((await storage.records()).size).toBe(0);
    receiver.leave();
    sharer.command({ type: 'resume', id: sharer.open.id });
    await sharer.reach('sharing');
    await (await world.tab()).download(link);
    expect((await storage.records()).size).toBe(1);
    expect(await removedElsewhere()).toMatchObject({ problem: { code: 'removed-elsewhere' } });
  });

  test('is said while its files are awaited, and they are asked for again', async () => {
    sharer.leave();
    const reloaded = await world.tab(storage);
    reloaded.command({ type: 'open-link', fragment: link });
    expect(await reloaded.reach('error')).toMatchObject({ problem: { code: 'files-needed' } });
    storage.lose('removed');
    await world.until(() => reloaded.open.problem?.code === 'removed-elsewhere');
    reloaded.command({ type: 'resume', id: reloaded.open.id });
    await world.until(() => reloaded.open.problem?.code === 'files-needed');
    reloaded.command({ type: 'give-files', id: reloaded.open.id, files: [chosen('a', patterned(SIZE))] });
    await reloaded.reach('sharing');
  });

  test.each(['closed', 'superseded'] as const)('is served on when the storage is only %s', async (loss) => {
    storage.lose(loss);
    await (await world.tab()).download(link);
    expect(sharer.open.state).toBe('sharing');
  });

  test('says nothing once it is removed here as well', async () => {
    sharer.command({ type: 'remove', id: sharer.open.id });
    await world.pass(10_000);
    storage.lose('removed');
    await world.settle();
    expect(sharer.snapshot).toMatchObject({ shares: [], removed: [], open: undefined });
  });
});

describe('a store that is lost under a download', () => {
  let world: SessionWorld;
  let storage: Losable;
  let receiver: Tab;
  let id: string;

  beforeEach(async () => {
    const random = new SeededRandom(35);
    world = new SessionWorld(() => random.fork(), 500);
    const sharer = await world.tab();
    storage = new Losable();
    receiver = await world.tab(storage);
    ({ id } = await receiver.receive(await sharer.share([chosen('a', patterned(SIZE))])));
    receiver.command({ type: 'download', id });
    await world.until(() => receiver.open.done > SIZE / 3);
  });

  async function expectWhole(): Promise<void> {
    expect((await receiver.reach('complete')).done).toBe(SIZE);
    expect(equal(await receiver.read(0), patterned(SIZE))).toBe(true);
  }

  test('row 35: emptied by the browser: nothing is claimed, and resume begins anew', async () => {
    await storage.empty();
    storage.lose('closed');
    expect(await receiver.reach('error')).toMatchObject({ problem: { code: 'storage-gone' }, done: 0 });
    expect(receiver.connections).toBe(0);
    receiver.command({ type: 'resume', id });
    await expectWhole();
    expect((await storage.records()).size).toBe(1);
  });

  test('row 35: closed by the browser with all that is in it: it goes on by itself, and nothing comes twice', async () => {
    storage.lose('closed');
    await expectWhole();
    expect(receiver.open.downloaded).toBeLessThan(SIZE * 1.4);
    expect(receiver.snapshots.map(({ open }) => open?.state)).not.toContain('error');
  });

  test('row 35: closed again while it is opened anew: opened once more', async () => {
    storage.opened = () => {
      storage.opened = () => undefined;
      storage.lose('closed');
    };
    storage.lose('closed');
    await expectWhole();
  });

  test('row 40: removed in another tab: said, and nothing is remembered until it is asked for again', async () => {
    await storage.empty();
    storage.lose('removed');
    expect(await receiver.reach('error')).toMatchObject({ problem: { code: 'storage-gone' }, done: 0 });
    await world.pass(10_000);
    expect((await storage.records()).size).toBe(0);
    receiver.command({ type: 'resume', id });
    await expectWhole();
  });

  test('row 41: taken over by another version: said, and let go', async () => {
    storage.lose('superseded');
    expect(await receiver.reach('error')).toMatchObject({ problem: { code: 'storage-held' } });
    expect(receiver.connections).toBe(0);
  });

  test.each([
    ['row 34: no room for a record', new DOMException('full', 'QuotaExceededError'), 'storage-full'],
    ['row 41: another version has the records', new StorageHeld('upgraded'), 'storage-held'],
  ])('%s: told by its own name', async (_, error, code) => {
    storage.saveFailure = error;
    receiver.command({ type: 'pause', id });
    expect((await receiver.reach('error')).problem).toEqual({ code });
  });
});
