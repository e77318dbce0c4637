import { beforeEach, describe, expect, test } from 'vitest';
import { SeededRandom } from '../../sim/seededRandom.ts';
import { chosen, patterned, SessionWorld, Tab } from '../acceptance/doubles/sessionWorld.ts';
import { memoryStorage } from '../platform/memoryStorage.ts';
import type { Storage } from './ports.ts';

const SIZE = 500_000;

/** A storage that answers when it is told to. */
class SlowStorage implements Storage {
  readonly #kept: Storage;
  readonly save: Storage['save'];
  readonly remove: Storage['remove'];
  #answers: (() => void)[] = [];

  constructor(kept: Storage) {
    this.#kept = kept;
    this.save = (share, record) => kept.save(share, record);
    this.remove = (share) => kept.remove(share);
  }

  async records(): ReturnType<Storage['records']> {
    await this.#told();
    return this.#kept.records();
  }

  async open(...[share, lost]: Parameters<Storage['open']>): ReturnType<Storage['open']> {
    await this.#told();
    return this.#kept.open(share, lost);
  }

  answer(): void {
    for (const answer of this.#answers.splice(0)) answer();
  }

  #told(): Promise<void> {
    return new Promise((resolve) => this.#answers.push(resolve));
  }
}

describe('the first snapshot after a reload', () => {
  let world: SessionWorld;
  let random: SeededRandom;
  let kept: Storage;
  let receiver: Tab;
  let link: string;
  let id: string;
  let slow: SlowStorage;

  beforeEach(async () => {
    random = new SeededRandom(5);
    world = new SessionWorld(() => random.fork(), 500);
    kept = memoryStorage();
    receiver = await world.tab(kept);
    link = await (await world.tab()).share([chosen('a', patterned(SIZE))]);
    ({ id } = await receiver.receive(link));
    receiver.command({ type: 'download', id });
    await world.until(() => receiver.open.done > SIZE / 3);
  });

  /** The page goes, and comes back with the link in its address. */
  async function reload(): Promise<Tab> {
    receiver.leave();
    slow = new SlowStorage(kept);
    const tab = new Tab(world, slow, random.fork());
    void tab.session.start();
    tab.command({ type: 'open-link', fragment: link });
    await world.pass(1000);
    return tab;
  }

  /** Until the records, and then the pieces, have been read. */
  async function untilShown(tab: Tab): Promise<void> {
    expect(tab.snapshots).toEqual([]);
    slow.answer();
    await world.pass(1000);
    expect(tab.snapshots).toEqual([]);
    slow.answer();
    await world.until(() => tab.snapshots.length > 0);
  }

  test('is that of a download, with what is here', async () => {
    const { done } = receiver.open;
    const tab = await reload();
    await untilShown(tab);
    const { open } = tab.snapshots[0]!;
    expect(open).toMatchObject({ state: 'downloading', link });
    expect(open!.done).toBeGreaterThanOrEqual(done);
  });

  test('is that of a paused download, with what is here', async () => {
    receiver.command({ type: 'pause', id });
    const { done } = await receiver.reach('paused');
    const tab = await reload();
    await untilShown(tab);
    expect(tab.snapshots[0]).toMatchObject({ open: { state: 'paused', done } });
  });

  test('is that of a whole share', async () => {
    await receiver.reach('complete');
    const tab = await reload();
    await untilShown(tab);
    expect(tab.snapshots[0]).toMatchObject({ open: { state: 'complete', done: SIZE } });
  });

  test('does not wait for pieces of a share that is not looked at', async () => {
    const tab = await reload();
    slow.answer();
    await world.settle();
    tab.command({ type: 'close-view' });
    await world.until(() => tab.snapshots.length > 0);
    expect(tab.snapshots[0]).toMatchObject({ open: undefined, shares: [{ id }] });
  });
});
