import { beforeEach, describe, expect, test } from 'vitest';
import { SeededRandom } from '../../sim/seededRandom.ts';
import { chosen, patterned, SessionWorld, type Tab } from '../acceptance/doubles/sessionWorld.ts';
import { UNDO_TIME } from './shareList.ts';

const SIZE = 300_000;

describe('a share removed', () => {
  let world: SessionWorld;
  let sharer: Tab;
  let receiver: Tab;
  let link: string;
  let id: string;

  beforeEach(async () => {
    const random = new SeededRandom(3);
    world = new SessionWorld(() => random.fork(), 500);
    [sharer, receiver] = [await world.tab(), await world.tab()];
    link = await sharer.share([chosen('a.bin', patterned(SIZE))]);
    ({ id } = await receiver.download(link));
  });

  const kept = async (tab: Tab) => {
    const [infoHash] = (await tab.storage.records()).keys();
    return infoHash === undefined ? 'nothing' : (await (await tab.storage.open(infoHash)).pieces()).length;
  };

  test('is out of sight and out of the swarm at once, and can be brought back', async () => {
    receiver.command({ type: 'remove', id });
    await world.pass(200);
    expect(receiver.snapshot).toMatchObject({
      shares: [],
      removed: [{ id, title: 'a.bin' }],
      open: undefined,
    });
    expect([receiver.connections, receiver.budget.left]).toEqual([0, 60]);
    expect(receiver.session.share(id)).toBeUndefined();
  });

  test('comes back whole, in its view', async () => {
    receiver.command({ type: 'remove', id });
    await world.pass(UNDO_TIME - 1000);
    receiver.command({ type: 'undo-remove', id });
    expect(await receiver.reach('complete')).toMatchObject({ done: SIZE });
    await world.pass(2 * UNDO_TIME);
    expect(receiver.snapshot).toMatchObject({ removed: [], shares: [{ id, state: 'complete' }] });
    expect(await kept(receiver)).not.toBe('nothing');
  });

  test('comes back to a sharer with its files', async () => {
    sharer.command({ type: 'remove', id });
    await world.pass(1000);
    sharer.command({ type: 'undo-remove', id });
    await sharer.reach('sharing');
    receiver.leave();
    await (await world.tab()).download(link);
  });

  test('does not come back into a view that was opened meanwhile', async () => {
    receiver.command({ type: 'remove', id });
    receiver.command({ type: 'open-link', fragment: '#x' });
    receiver.command({ type: 'undo-remove', id });
    await world.pass(200);
    expect(receiver.snapshot).toMatchObject({
      open: { problem: { code: 'link-truncated' } },
      shares: [{ id }],
    });
  });

  test('is deleted for good when its time is up', async () => {
    receiver.command({ type: 'remove', id });
    await world.pass(UNDO_TIME + 200);
    expect(receiver.snapshot).toMatchObject({ shares: [], removed: [] });
    expect(await kept(receiver)).toBe('nothing');
    receiver.command({ type: 'undo-remove', id });
    await world.pass(200);
    expect(receiver.snapshot).toMatchObject({ shares: [], open: undefined });
  });

  test('is deleted when the next session begins', async () => {
    receiver.command({ type: 'remove', id });
    await world.pass(100);
    receiver.leave();
    const again = await world.tab(receiver.storage);
    await world.pass(200);
    expect(again.snapshot).toMatchObject({ shares: [], removed: [] });
    expect(await kept(again)).toBe('nothing');
  });

  test('whose link is opened again is as if opened for the first time, but keeps what is here', async () => {
    receiver.command({ type: 'remove', id });
    await world.pass(1000);
    expect(await receiver.receive(link)).toMatchObject({ done: SIZE });
    await world.pass(2 * UNDO_TIME);
    expect(receiver.snapshot).toMatchObject({ removed: [], shares: [{ id, state: 'ready' }] });
  });

  test('after another: the last comes first', async () => {
    const other = await sharer.share([chosen('b.bin', patterned(10))]);
    await receiver.receive(other);
    const second = receiver.open.id;
    receiver.command({ type: 'remove', id });
    receiver.command({ type: 'remove', id: second });
    await world.pass(200);
    expect(receiver.snapshot.removed.map(({ title }) => title)).toEqual(['b.bin', 'a.bin']);
  });

  test('cannot be acted on', async () => {
    receiver.command({ type: 'remove', id });
    for (const type of ['pause', 'resume', 'download', 'open-share', 'remove'] as const)
      receiver.command({ type, id });
    await world.pass(1000);
    expect(receiver.snapshot).toMatchObject({ shares: [], removed: [{ id }], open: undefined });
    expect(receiver.connections).toBe(0);
  });

  test('while it is prepared is given up at once', async () => {
    sharer.command({ type: 'share', files: [chosen('c', patterned(SIZE))] });
    await world.settle();
    world.clock.pass(1000);
    const making = sharer.open.id;
    expect(sharer.snapshot.shares[0]).toMatchObject({ id: making });
    if (sharer.open.state === 'preparing') sharer.command({ type: 'remove', id: making });
    await world.pass(1000);
    expect(sharer.snapshot.removed).toEqual([]);
  });
});
