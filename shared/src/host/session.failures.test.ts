import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SeededRandom } from '../../sim/seededRandom.ts';
import { chosen, patterned, SessionWorld } from '../acceptance/doubles/sessionWorld.ts';
import { equal } from '../base/bytes.ts';
import { memoryStorage } from '../platform/memoryStorage.ts';
import type { PieceStore, Storage, WriteResult } from './ports.ts';
import type { ChosenFile } from './snapshot.ts';

const SIZE = 500_000;

/** A storage whose parts can be made to fail. */
function troubled(storage = memoryStorage()) {
  const trouble: {
    records?: Error;
    save?: Error;
    open?: Error;
    pieces?: Error;
    remove?: Error;
    write?: () => Promise<WriteResult>;
    forget?: Error;
  } = {};
  const failing = (error: Error | undefined) =>
    error === undefined ? Promise.resolve() : Promise.reject(error);
  const wrapped: Storage = {
    records: () => failing(trouble.records).then(() => storage.records()),
    save: (share, record) => failing(trouble.save).then(() => storage.save(share, record)),
    remove: (share) => failing(trouble.remove).then(() => storage.remove(share)),
    async open(share) {
      await failing(trouble.open);
      const store = await storage.open(share);
      const troubledStore: PieceStore = {
        pieces: () => failing(trouble.pieces).then(() => store.pieces()),
        write: (pieces) => trouble.write?.() ?? store.write(pieces),
        read: (piece) => store.read(piece),
        forget: (piece) => failing(trouble.forget).then(() => store.forget(piece)),
        close: () => store.close(),
      };
      return troubledStore;
    },
  };
  return { storage: wrapped, trouble };
}

/** A file on disk: what is read may change, or fail. */
class Disk {
  bytes = patterned(SIZE);
  unreadable = false;

  get file(): ChosenFile {
    const blob = new Blob([this.bytes]);
    const slice = (from?: number, to?: number) => {
      const part = new Blob([this.bytes]).slice(from, to);
      const read = () => (this.unreadable ? Promise.reject(new Error('gone')) : part.arrayBuffer());
      return Object.assign(new Blob(), {
        arrayBuffer: read,
        stream: () => (this.unreadable ? gone() : part.stream()),
      });
    };
    return { path: ['disk', 'file.bin'], file: Object.assign(blob, { slice }) };
  }
}

function gone(): ReadableStream {
  return new ReadableStream({ type: 'bytes', pull: (reading) => reading.error(new Error('gone')) });
}

describe('what can go wrong is told, and mended', () => {
  const unhandled: unknown[] = [];
  const note = (error: unknown) => void unhandled.push(error);
  let world: SessionWorld;

  beforeEach(() => {
    const random = new SeededRandom(5);
    world = new SessionWorld(() => random.fork(), 500);
    unhandled.length = 0;
    process.on('unhandledRejection', note);
  });
  afterEach(() => {
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
  });

  test('a storage whose records cannot be read', async () => {
    const { storage, trouble } = troubled();
    trouble.records = new Error('corrupt');
    const tab = await world.tab(storage);
    expect(await tab.reach('error')).toMatchObject({
      problem: { code: 'storage-failed', reason: 'Error: corrupt' },
    });
    await tab.share([chosen('a', patterned(10))]);
  });

  test.each(['open', 'pieces'] as const)(
    'a share whose store fails at %s, until it does not',
    async (part) => {
      const sharer = await world.tab();
      const link = await sharer.share([chosen('a', patterned(SIZE))]);
      const { storage, trouble } = troubled();
      const receiver = await world.tab(storage);
      trouble[part] = new Error('no disk');
      receiver.command({ type: 'open-link', fragment: link });
      const { id } = await receiver.reach('error');
      expect(receiver.open.problem).toEqual({ code: 'storage-failed', reason: 'Error: no disk' });
      trouble[part] = undefined as never;
      receiver.command({ type: 'resume', id });
      await receiver.reach('ready');
    },
  );

  test('a record that cannot be saved: the share goes on', async () => {
    const { storage, trouble } = troubled();
    const sharer = await world.tab(storage);
    trouble.save = new Error('read only');
    sharer.command({ type: 'share', files: [chosen('a', patterned(10))] });
    const { link, problem } = await sharer.reach('error');
    expect(problem).toEqual({ code: 'storage-failed', reason: 'Error: read only' });
    await (await world.tab()).download(link!);
  });

  test('a share that cannot be deleted is deleted later', async () => {
    const { storage, trouble } = troubled();
    const sharer = await world.tab(storage);
    await sharer.share([chosen('a', patterned(10))]);
    trouble.remove = new Error('busy');
    sharer.command({ type: 'remove', id: sharer.open.id });
    await world.pass(10_000);
    sharer.leave();
    trouble.remove = undefined as never;
    const again = await world.tab(storage);
    await world.pass(200);
    expect(again.snapshot.shares).toEqual([]);
    expect((await storage.records()).size).toBe(0);
  });

  test.each<[string, () => Promise<WriteResult>, object]>([
    ['is full', () => Promise.resolve({ type: 'full' }), { code: 'storage-full' }],
    [
      'fails',
      () => Promise.resolve({ type: 'failed', reason: 'broken' }),
      { code: 'storage-failed', reason: 'broken' },
    ],
    ['rejects', () => Promise.reject(new Error('bad')), { code: 'storage-failed', reason: 'Error: bad' }],
  ])('a storage that %s: what is here is kept, and resume goes on', async (_, write, problem) => {
    const sharer = await world.tab();
    const { storage, trouble } = troubled();
    const receiver = await world.tab(storage);
    const { id } = await receiver.receive(await sharer.share([chosen('a', patterned(SIZE))]));
    receiver.command({ type: 'download', id });
    await world.until(() => receiver.open.done > SIZE / 4);
    trouble.write = write;
    const failed = await receiver.reach('error');
    expect(failed.problem).toEqual(problem);
    expect(receiver.connections).toBe(0);
    trouble.write = undefined as never;
    receiver.command({ type: 'resume', id });
    const complete = await receiver.reach('complete');
    expect(complete.done).toBe(SIZE);
    expect(equal(await receiver.read(0), patterned(SIZE))).toBe(true);
  });

  test('a piece written after a pause was asked for is not fetched again', async () => {
    const sharer = await world.tab();
    const { storage, trouble } = troubled();
    const receiver = await world.tab(storage);
    const { id } = await receiver.receive(await sharer.share([chosen('a', patterned(10_000))]));
    let write: (result: WriteResult) => void = () => undefined;
    trouble.write = () => new Promise((resolve) => (write = resolve));
    receiver.command({ type: 'download', id });
    await world.until(() => receiver.open.downloaded === 10_000);
    receiver.command({ type: 'pause', id });
    write({ type: 'written' });
    await world.pass(1000);
    expect(receiver.open).toMatchObject({ state: 'paused', done: 10_000 });
  });

  test('a stored piece that rotted is noticed when saved, and fetched again', async () => {
    const sharer = await world.tab();
    const { storage, trouble } = troubled();
    const link = await sharer.share([chosen('a', patterned(SIZE))]);
    const before = await world.tab(storage);
    await before.download(link);
    before.leave();
    const [infoHash] = (await storage.records()).keys();
    await (await storage.open(infoHash!)).write(new Map([[2, patterned(16_384)]]));
    const receiver = await world.tab(storage);
    receiver.command({ type: 'open-link', fragment: link });
    await receiver.reach('complete');
    trouble.forget = new Error('busy');
    await expect(receiver.read(0)).rejects.toThrow('piece 2 is not here any more');
    await receiver.reach('downloading');
    await receiver.reach('complete');
    expect(equal(await receiver.read(0), patterned(SIZE))).toBe(true);
  });

  test('a stored piece that rotted is noticed before it is served', async () => {
    const sharer = await world.tab();
    const before = await world.tab();
    const link = await sharer.share([chosen('a', patterned(SIZE))]);
    await before.download(link);
    sharer.leave();
    before.leave();
    const [infoHash] = (await before.storage.records()).keys();
    await (await before.storage.open(infoHash!)).write(new Map([[2, patterned(16_384)]]));
    const receiver = await world.tab(before.storage);
    receiver.command({ type: 'open-link', fragment: link });
    await receiver.reach('complete');
    const newcomer = await world.tab();
    const { id } = await newcomer.receive(link);
    newcomer.command({ type: 'download', id });
    await receiver.reach('downloading');
    await world.until(() => newcomer.open.done === SIZE - 16_384);
    await world.pass(30_000);
    expect(newcomer.open).toMatchObject({ state: 'downloading', done: SIZE - 16_384 });
  });

  test('a file that changed while shared: the share stops, the file is named, no wrong byte is served', async () => {
    const disk = new Disk();
    const [sharer, receiver] = [await world.tab(), await world.tab()];
    const other = chosen('disk/other.bin', patterned(SIZE, 1));
    const link = await sharer.share([disk.file, other]);
    disk.bytes = patterned(SIZE, 4);
    const { id } = await receiver.receive(link);
    receiver.command({ type: 'download', id });
    expect(await sharer.reach('error')).toMatchObject({ problem: { code: 'files-differ' } });
    const { problem } = sharer.open;
    expect(problem?.code === 'files-differ' && problem.names).toContain('disk/file.bin');
    await world.pass(5000);
    expect([sharer.connections, receiver.open.downloaded - receiver.open.done]).toEqual([0, 0]);
    disk.bytes = patterned(SIZE);
    sharer.command({ type: 'give-files', id, files: [disk.file, other] });
    await sharer.reach('sharing');
    await receiver.reach('complete');
  });

  test('a file that became unreadable while shared', async () => {
    const disk = new Disk();
    const [sharer, receiver] = [await world.tab(), await world.tab()];
    const { id } = await receiver.receive(await sharer.share([disk.file]));
    disk.unreadable = true;
    receiver.command({ type: 'download', id });
    await sharer.reach('error');
    expect(sharer.open.problem).toEqual({ code: 'file-unreadable', name: 'disk/file.bin' });
    expect(sharer.budget.left).toBe(60);
  });

  test('a file that is unreadable while preparing', async () => {
    const disk = new Disk();
    disk.unreadable = true;
    const tab = await world.tab();
    tab.command({ type: 'share', files: [chosen('a', patterned(10)), disk.file] });
    const { id } = await tab.reach('error');
    expect(tab.open.problem).toEqual({ code: 'file-unreadable', name: 'disk/file.bin' });
    tab.command({ type: 'remove', id });
    await world.pass(200);
    expect(tab.snapshot).toMatchObject({ shares: [], open: undefined });
  });

  test('too many files for one share', async () => {
    const tab = await world.tab();
    const file = new Blob([]);
    tab.command({
      type: 'share',
      files: Array.from({ length: 100_001 }, (_, place) => ({ path: [String(place)], file })),
    });
    const { problem } = await tab.reach('error');
    expect(problem).toEqual({
      code: 'not-shareable',
      reason: 'files: expected at most 100000, received 100001',
    });
  });

  test('no files at all are no share', async () => {
    const tab = await world.tab();
    tab.command({ type: 'share', files: [] });
    await world.pass(200);
    expect(tab.snapshot).toMatchObject({ shares: [], open: undefined });
  });
});
