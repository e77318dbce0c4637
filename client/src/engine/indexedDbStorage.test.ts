import { forceCloseDatabase, IDBDatabase, IDBFactory, IDBKeyRange, IDBObjectStore } from 'fake-indexeddb';
import { promisifyRequest } from 'idb-keyval';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { storageSuite } from '@shoal/shared/acceptance/storage.ts';
import { equal } from '@shoal/shared/base/bytes.ts';
import { infoHashOf } from '@shoal/shared/base/ids.ts';
import type { Clock, StoreLoss } from '@shoal/shared/host/ports.ts';
import { StorageHeld } from '@shoal/shared/host/storageProblem.ts';
import { systemClock } from '@shoal/shared/platform/systemClock.ts';
import { Database } from './database.ts';
import { indexedDbStorage } from './indexedDbStorage.ts';
import { openStorage } from './openStorage.ts';

const SHARE = infoHashOf(new Uint8Array(20).fill(1));
const NAME = `shoal-${SHARE}`;
const PIECE = new Map([[0, new Uint8Array([1])]]);
const stopped: Clock = { now: () => 0, at: () => () => undefined };
const impatient: Clock = {
  now: () => 0,
  at: (_, call) => {
    call();
    return () => undefined;
  },
};

afterEach(() => {
  vi.restoreAllMocks();
});

storageSuite('indexedDbStorage', () => {
  const factory = new IDBFactory();
  return () => indexedDbStorage(platform(factory));
});

describe('indexedDbStorage', () => {
  it('lists pieces with one request', async () => {
    const pieces = await (await open()).open(SHARE);
    await pieces.write(PIECE);
    const listing = vi.spyOn(IDBObjectStore.prototype, 'getAllKeys');
    const cursor = vi.spyOn(IDBObjectStore.prototype, 'openCursor');
    expect(await pieces.pieces()).toEqual([0]);
    expect(listing).toHaveBeenCalledOnce();
    expect(cursor).not.toHaveBeenCalled();
  });

  it('keeps no value of 64 KiB and a little more, which Chromium makes a file of, and puts small pieces together again', async () => {
    const sizes = [0, 1, 16_384, 57_344, 57_345, 65_536, 131_071, 131_072, 131_073, 262_144, 1_048_576];
    const pieces = await (await open()).open(SHARE);
    const put = vi.spyOn(IDBObjectStore.prototype, 'put');
    const all = new Map(sizes.map((size, piece) => [piece, new Uint8Array(size).map((_, at) => at + piece)]));
    await pieces.write(all);
    const rows = put.mock.calls.map(([value]) => (value as Uint8Array).length);
    expect(rows.filter((length) => length > 57_344 && length <= 131_072)).toEqual([]);
    expect(await pieces.pieces()).toEqual([...all.keys()]);
    for (const [piece, bytes] of all) expect(equal((await pieces.read(piece))!, bytes)).toBe(true);
    await pieces.forget(5);
    expect(await pieces.read(5)).toBeUndefined();
    for (const piece of [4, 6]) expect(equal((await pieces.read(piece))!, all.get(piece)!)).toBe(true);
    expect(await pieces.pieces()).toHaveLength(sizes.length - 1);
  });

  it('leaves no database behind when a share is removed', async () => {
    const factory = new IDBFactory();
    const storage = await open(factory);
    await (await storage.open(SHARE)).write(PIECE);
    expect((await factory.databases()).map(({ name }) => name)).toContain(NAME);
    await storage.remove(SHARE);
    expect((await factory.databases()).map(({ name }) => name)).toEqual(['shoal']);
  });

  it('counts a share as removed when a foreign page holds its database, and says so on opening', async () => {
    const factory = new IDBFactory();
    const foreign = factory.open(NAME, 1);
    await new Promise((resolve) => {
      foreign.onsuccess = resolve;
    });
    const storage = await open(factory);
    await storage.remove(SHARE);
    const hasty = new Database(platform(factory, impatient), NAME, 'pieces');
    await expect(hasty.open()).rejects.toThrow(/did not open/);
    foreign.result.close();
    expect(await (await storage.open(SHARE)).pieces()).toEqual([]);
  });

  it('row 34: says that the disk is full, whether the request or the commit says so', async () => {
    const pieces = await (await open()).open(SHARE);
    const put = vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(() => {
      throw new DOMException('no room', 'QuotaExceededError');
    });
    expect(await pieces.write(PIECE)).toEqual({ type: 'full' });
    put.mockRestore();
    abortNextWrite(new DOMException('no room', 'QuotaExceededError'));
    expect(await pieces.write(PIECE)).toEqual({ type: 'full' });
    expect(await pieces.pieces()).toEqual([]);
    expect(await pieces.write(PIECE)).toEqual({ type: 'written' });
  });

  it('names other failures', async () => {
    const pieces = await (await open()).open(SHARE);
    abortNextWrite(new DOMException('disk on fire', 'UnknownError'));
    const result = await pieces.write(PIECE);
    expect(result.type === 'failed' && result.reason).toContain('disk on fire');
  });

  it('knows why a write failed when a request failed first', async () => {
    const factory = new IDBFactory();
    const database = new Database(platform(factory), NAME, 'pieces');
    const twice = database.use('readwrite', (store) => {
      store.add(1, 'key');
      store.add(2, 'key');
      return promisifyRequest(store.transaction);
    });
    await expect(twice).rejects.toMatchObject({ name: 'ConstraintError' });
  });

  it('asks for relaxed durability', async () => {
    const factory = new IDBFactory();
    const pieces = await (await open(factory)).open(SHARE);
    const transaction = vi.spyOn(IDBDatabase.prototype, 'transaction');
    await pieces.write(PIECE);
    expect(transaction).toHaveBeenCalledExactlyOnceWith('pieces', 'readwrite', { durability: 'relaxed' });
  });

  it('opens again after the browser closed the database', async () => {
    const factory = new IDBFactory();
    const database = new Database(platform(factory), NAME, 'pieces');
    const first = await database.open();
    const closed = new Promise((resolve) => {
      first.addEventListener('close', resolve);
    });
    forceClose(first);
    await closed;
    expect(await database.use('readonly', (store) => store.name)).toBe('pieces');
    expect(await database.open()).not.toBe(first);
  });

  it('row 35: opens in the end what is refused while the browser clears its storage', async () => {
    const factory = new IDBFactory();
    vi.spyOn(factory, 'open').mockImplementationOnce((name) => {
      const request = factory.open(`other ${name}`, 1);
      request.addEventListener('upgradeneeded', () => request.transaction?.abort());
      return request;
    });
    const database = new Database(platform(factory, systemClock), NAME, 'pieces');
    expect((await database.open()).name).toBe(NAME);
  });

  it.each<[string, StoreLoss, (factory: IDBFactory, held: IDBDatabase) => void]>([
    ['row 35: closed by the browser', 'closed', (_, held) => forceClose(held)],
    ['row 40: removed elsewhere', 'removed', (factory) => void factory.deleteDatabase(NAME)],
    ['row 41: upgraded elsewhere', 'superseded', (factory) => void factory.open(NAME, 2)],
  ])('%s: told once, and let go', async (_, loss, happen) => {
    const factory = new IDBFactory();
    const storage = await open(factory);
    const opening = vi.spyOn(factory, 'open');
    const lost = vi.fn();
    const pieces = await storage.open(SHARE, lost);
    happen(factory, (opening.mock.results[0]?.value as IDBOpenDBRequest).result);
    await vi.waitFor(() => expect(lost).toHaveBeenCalledExactlyOnceWith(loss));
    expect(await pieces.write(PIECE)).toMatchObject({ type: 'failed' });
  });

  it('row 41: what a newer version has is said to be held, the records too', async () => {
    const factory = new IDBFactory();
    for (const name of ['shoal', NAME]) {
      const newer = factory.open(name, 2);
      await vi.waitFor(() => newer.result.close());
    }
    const storage = await open(factory);
    await expect(storage.records()).rejects.toBeInstanceOf(StorageHeld);
    await expect(storage.open(SHARE)).rejects.toBeInstanceOf(StorageHeld);
    expect((await openStorage(() => platform(factory))).type).toBe('lasting');
  });

  it('treats what it cannot read as absent', async () => {
    const factory = new IDBFactory();
    const pieces = await (await open(factory)).open(SHARE);
    const database = new Database(platform(factory), NAME, 'pieces');
    await database.use('readwrite', (store) => {
      store.put('no bytes', 1);
    });
    expect(await pieces.read(1)).toBeUndefined();
    vi.spyOn(IDBObjectStore.prototype, 'getAll').mockImplementation(() => {
      throw new DOMException('rotten', 'UnknownError');
    });
    expect(await pieces.read(1)).toBeUndefined();
  });
});

describe('openStorage', () => {
  it('lasts where there is IndexedDB', async () => {
    expect((await openStorage(() => platform(new IDBFactory()))).type).toBe('lasting');
  });

  it('row 36: falls back to memory, and says why', async () => {
    expect(await openStorage(() => platform(undefined))).toMatchObject({
      type: 'passing',
      reason: /no IndexedDB/,
    });
    const refusing = new IDBFactory();
    vi.spyOn(refusing, 'open').mockImplementation(() => {
      throw new DOMException('private mode', 'SecurityError');
    });
    const opened = await openStorage(() => platform(refusing));
    expect(opened.type === 'passing' && opened.reason).toContain('private mode');
    const pieces = await opened.storage.open(SHARE);
    expect(await pieces.write(PIECE)).toEqual({ type: 'written' });
  });

  it('row 36: falls back to memory where even the name of IndexedDB is refused', async () => {
    const opened = await openStorage(() => {
      throw new DOMException('cookies are blocked', 'SecurityError');
    });
    expect(opened).toMatchObject({ type: 'passing', reason: /cookies are blocked/ });
  });
});

function open(factory = new IDBFactory()): ReturnType<typeof indexedDbStorage> {
  return indexedDbStorage(platform(factory));
}

function platform<Factory extends IDBFactory | undefined>(factory: Factory, clock: Clock = stopped) {
  return { factory, ranges: IDBKeyRange, clock };
}

function forceClose(database: unknown): void {
  forceCloseDatabase(database as Parameters<typeof forceCloseDatabase>[0]);
}

/** As a browser does it that finds no room when it commits. */
function abortNextWrite(error: DOMException): void {
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementationOnce(function (this: IDBObjectStore) {
    const request = this.add('another value', 'another key');
    vi.spyOn(this.transaction, 'error', 'get').mockReturnValue(error);
    this.transaction.abort();
    return request;
  });
}
