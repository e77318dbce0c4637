import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { SeededRandom } from '../../sim/seededRandom.ts';
import { equal } from '../base/bytes.ts';
import type { InfoHash } from '../base/ids.ts';
import { chosen, patterned, SessionWorld, type Tab } from '../acceptance/doubles/sessionWorld.ts';

const LARGE = 700_000;

describe('sessions', () => {
  const unhandled: unknown[] = [];
  const note = (error: unknown) => void unhandled.push(error);
  let world: SessionWorld;

  beforeEach(() => {
    const random = new SeededRandom(7);
    world = new SessionWorld(() => random.fork(), 500);
    unhandled.length = 0;
    process.on('unhandledRejection', note);
  });
  afterEach(() => {
    process.off('unhandledRejection', note);
    expect(unhandled).toEqual([]);
  });

  test('share, link, open, ready, download, complete: the bytes are the same', async () => {
    const [sharer, receiver] = [await world.tab(), await world.tab()];
    const link = await sharer.share([chosen('film.mp4', patterned(LARGE))]);
    expect(await receiver.receive(link)).toMatchObject({
      title: 'film.mp4',
      size: LARGE,
      done: 0,
      downloaded: 0,
    });
    receiver.command({ type: 'download', id: receiver.open.id });
    const complete = await receiver.reach('complete');
    expect(complete).toMatchObject({ done: LARGE, downloaded: LARGE, link });
    expect(equal(await receiver.read(0), patterned(LARGE))).toBe(true);
    await world.until(() => sharer.open.copies === 1);
    expect(sharer.open).toMatchObject({ peers: [{ progress: 1 }] });
    expect(sharer.open.uploaded).toBeGreaterThanOrEqual(LARGE);
  });

  test('a folder with empty files and files of one byte', async () => {
    const [sharer, receiver] = [await world.tab(), await world.tab()];
    const sizes = [0, 1, 16_384, 0, 0, 70_000, 0];
    const files = sizes.map((size, seed) => chosen(`album/${seed % 2}/${seed}.bin`, patterned(size, seed)));
    const open = await receiver.download(await sharer.share(files));
    expect(open).toMatchObject({ title: 'album' });
    expect(open.files.map(({ path, have }) => [path.join('/'), have])).toEqual(
      sizes.map((size, seed) => [`album/${seed % 2}/${seed}.bin`, size]),
    );
    for (const [seed, size] of sizes.entries())
      expect(equal(await receiver.read(seed), patterned(size, seed))).toBe(true);
  });

  test('content of length nothing completes', async () => {
    const [sharer, receiver] = [await world.tab(), await world.tab()];
    await receiver.download(
      await sharer.share([chosen('empty', patterned(0)), chosen('void', patterned(0))]),
    );
    expect(equal(await receiver.read(1), new Uint8Array())).toBe(true);
  });

  test('five at once: all complete, and help each other', async () => {
    const sharer = await world.tab();
    const receivers = await Promise.all(Array.from({ length: 4 }, () => world.tab()));
    const link = await sharer.share([chosen('a', patterned(LARGE))]);
    for (const receiver of receivers) receiver.command({ type: 'open-link', fragment: link });
    for (const receiver of receivers) await receiver.reach('ready');
    for (const receiver of receivers) receiver.command({ type: 'download', id: receiver.open.id });
    for (const receiver of receivers) await receiver.reach('complete');
    expect(equal(await receivers[3]!.read(0), patterned(LARGE))).toBe(true);
    expect(sharer.open.uploaded).toBeLessThan(4 * LARGE);
  });

  test('the same link opened twice at once is one share', async () => {
    const [sharer, receiver] = [await world.tab(), await world.tab()];
    const link = await sharer.share([chosen('a', patterned(10))]);
    receiver.command({ type: 'open-link', fragment: link });
    await receiver.receive(link);
    expect(receiver.snapshot.shares).toHaveLength(1);
  });

  test('a link opened while the records are still read does not replace what is remembered', async () => {
    const [sharer, first] = [await world.tab(), await world.tab()];
    const link = await sharer.share([chosen('a', patterned(LARGE))]);
    await first.download(link);
    first.leave();
    const again = await reloaded(first, (tab) => tab.command({ type: 'open-link', fragment: link }));
    expect(await again.reach('complete')).toMatchObject({ done: LARGE, downloaded: 0 });
  });

  async function reloaded(tab: Tab, meanwhile: (tab: Tab) => void = () => undefined): Promise<Tab> {
    const { storage } = tab;
    let made: Tab | undefined;
    const slow = {
      ...storage,
      async records() {
        const records = await storage.records();
        await Promise.resolve();
        return records;
      },
    };
    const starting = world.tab(slow);
    void starting.then((value) => (made = value));
    await Promise.resolve();
    const again = made ?? (await starting);
    meanwhile(again);
    return again;
  }

  describe('a sharer who comes back', () => {
    const files = [
      chosen('trip/day 1/a.jpg', patterned(200_000, 1)),
      chosen('trip/day 2/a.jpg', patterned(200_000, 2)),
    ];
    let link: string;
    let sharer: Tab;
    beforeEach(async () => {
      const before = await world.tab();
      link = await before.share(files);
      before.leave();
      sharer = await world.tab(before.storage);
      sharer.command({ type: 'open-link', fragment: link });
      expect(await sharer.reach('error')).toMatchObject({
        role: 'sharer',
        problem: { code: 'files-needed' },
      });
    });

    const give = (paths: readonly string[], from = files) => {
      const again = from.map(({ file }, place) => ({ file, path: paths[place]!.split('/') }));
      sharer.command({ type: 'give-files', id: sharer.open.id, files: again });
    };

    test.each([
      ['the same', ['trip/day 1/a.jpg', 'trip/day 2/a.jpg']],
      ['a renamed folder', ['journey/day 1/a.jpg', 'journey/day 2/a.jpg']],
      ['with what is around it', ['home/trip/day 1/a.jpg', 'home/trip/day 2/a.jpg']],
    ])('gives %s', async (_, paths) => {
      give(paths);
      await sharer.reach('sharing');
      const receiver = await world.tab();
      await receiver.download(link);
      expect(equal(await receiver.read(1), patterned(200_000, 2))).toBe(true);
    });

    test('gives a file of another size: it is named, and nothing is served', async () => {
      give(['trip/day 1/a.jpg', 'trip/day 2/a.jpg'], [files[0]!, chosen('', patterned(199_999))]);
      await world.pass(200);
      expect(sharer.open.problem).toEqual({ code: 'files-differ', names: ['trip/day 2/a.jpg'] });
      sharer.command({ type: 'resume', id: sharer.open.id });
      await world.pass(1000);
      expect(sharer.open.problem).toEqual({ code: 'files-needed' });
      expect(world.tracker.members(sharer.session.share(sharer.open.id)!.infoHash)).toBe(0);
    });
  });

  test('a receiver who reloads in the middle goes on from there', async () => {
    const [sharer, receiver] = [await world.tab(), await world.tab()];
    const link = await sharer.share([chosen('a', patterned(LARGE))]);
    const { id } = await receiver.receive(link);
    receiver.command({ type: 'download', id });
    await world.until(() => receiver.open.done > LARGE / 3);
    receiver.leave();
    await world.settle();
    const { done } = receiver.open;
    const again = await world.tab(receiver.storage);
    again.command({ type: 'open-share', id });
    const complete = await again.reach('complete');
    const states = new Set(again.snapshots.flatMap(({ open }) => open?.state ?? []));
    expect([...states]).toEqual(['downloading', 'complete']);
    expect(complete.downloaded).toBeLessThanOrEqual(LARGE - done);
    expect(equal(await again.read(0), patterned(LARGE))).toBe(true);
  });

  test('paused, nothing comes; resumed, it goes on, and what came before still counts', async () => {
    const [sharer, receiver] = [await world.tab(), await world.tab()];
    const { id } = await receiver.receive(await sharer.share([chosen('a', patterned(LARGE))]));
    receiver.command({ type: 'download', id });
    await world.until(() => receiver.open.done > LARGE / 3);
    receiver.command({ type: 'pause', id });
    await receiver.reach('paused');
    await world.pass(1000);
    const { done, downloaded } = receiver.open;
    expect(downloaded).toBeGreaterThanOrEqual(done);
    expect(receiver.connections).toBe(0);
    await world.pass(60_000);
    expect(receiver.open.done).toBe(done);
    receiver.command({ type: 'resume', id });
    await receiver.reach('complete');
    expect(receiver.open.downloaded).toBeGreaterThanOrEqual(LARGE);
  });

  test('resumed while the storage is still being opened, stored pieces are not fetched again', async () => {
    const [sharer, receiver] = [await world.tab(), await world.tab()];
    const link = await sharer.share([chosen('a', patterned(LARGE))]);
    const { id } = await receiver.download(link);
    receiver.command({ type: 'pause', id });
    await receiver.reach('paused');
    receiver.leave();
    let open: () => void = () => undefined;
    const opened = new Promise<void>((resolve) => (open = resolve));
    const slow = {
      ...receiver.storage,
      open: (share: InfoHash) => opened.then(() => receiver.storage.open(share)),
    };
    const again = await world.tab(slow);
    again.command({ type: 'open-share', id });
    again.command({ type: 'resume', id });
    await world.pass(2000);
    open();
    expect(await again.reach('complete')).toMatchObject({ done: LARGE, downloaded: 0 });
  });

  test('a wrong key is told, and troubles only the one who has it', async () => {
    const [sharer, receiver] = [await world.tab(), await world.tab()];
    const link = await sharer.share([chosen('a', patterned(LARGE))]);
    const wrong = await forged(link);
    receiver.command({ type: 'open-link', fragment: wrong });
    expect(await receiver.reach('error')).toMatchObject({ problem: { code: 'wrong-key' } });
    await world.pass(60_000);
    expect(sharer.open.state).toBe('sharing');
    expect(await receiver.download(link)).toMatchObject({ done: LARGE });
    expect(receiver.snapshot.shares).toHaveLength(1);
  });

  test('a tracker that refuses leaves nobody in the dark, and is asked again', async () => {
    const [sharer, receiver] = [await world.tab(), await world.tab()];
    const link = await sharer.share([chosen('a', patterned(10))]);
    world.tracker.refusal = 'full';
    receiver.command({ type: 'open-link', fragment: link });
    await world.until(() => receiver.snapshots.at(-1)?.open?.tracker === 'unreachable');
    world.tracker.refusal = undefined;
    await receiver.reach('ready');
    expect(receiver.open.tracker).toBe('connected');
  });

  test('an id that is taken is replaced, without haste', async () => {
    const sharer = await world.tab();
    world.tracker.idsTaken = true;
    const link = await sharer.share([chosen('a', patterned(10))]);
    await world.pass(60_000);
    world.tracker.idsTaken = false;
    const receiver = await world.tab();
    await receiver.download(link);
  });

  test('the tracker is lost and comes back; a download under way goes on', async () => {
    const [sharer, receiver] = [await world.tab(), await world.tab()];
    const { id } = await receiver.receive(await sharer.share([chosen('a', patterned(LARGE))]));
    receiver.command({ type: 'download', id });
    await world.until(() => receiver.open.done > 0);
    world.tracker.cut();
    expect(receiver.connections).toBe(1);
    await receiver.reach('complete');
    await world.pass(5000);
    expect(receiver.open.tracker).toBe('connected');
  });

  test('what has not changed keeps its reference, whatever the number of files', async () => {
    const sharer = await world.tab();
    const files = Array.from({ length: 12_000 }, (_, place) => chosen(`all/${place}`, patterned(1, place)));
    await sharer.share(files);
    await world.pass(1000);
    const before = sharer.snapshot;
    await world.pass(5000);
    expect(sharer.snapshot).not.toBe(before);
    expect(sharer.snapshot.shares).toBe(before.shares);
    expect(sharer.open.files).toBe(before.open!.files);
  });

  test('after its end a session is silent', async () => {
    const [sharer, receiver] = [await world.tab(), await world.tab()];
    const link = await sharer.share([chosen('a', patterned(LARGE))]);
    receiver.command({ type: 'open-link', fragment: link });
    receiver.command({ type: 'share', files: [chosen('b', patterned(LARGE))] });
    await world.pass(20);
    receiver.leave();
    const shown = receiver.snapshots.length;
    receiver.command({ type: 'open-link', fragment: link });
    await world.pass(60_000);
    expect([receiver.snapshots.length - shown, receiver.connections, receiver.budget.left]).toEqual([
      0, 0, 60,
    ]);
  });
});

/** The link of the same share with another key. */
async function forged(link: string): Promise<string> {
  const { nobleCrypto } = await import('../platform/nobleCrypto.ts');
  const { formatFragment, parseFragment } = await import('../content/shareLink.ts');
  const parsed = parseFragment(nobleCrypto, link, { allowLocalTrackers: false });
  if (parsed.type !== 'link' || parsed.link.type !== 'private') throw new Error('expected a private link');
  return `#${formatFragment(nobleCrypto, { ...parsed.link, secret: new Uint8Array(16).fill(9) })}`;
}
