import { beforeEach, describe, expect, test, vi } from 'vitest';
import { SeededRandom } from '../../sim/seededRandom.ts';
import { chosen, patterned, SessionWorld, type Tab } from '../acceptance/doubles/sessionWorld.ts';
import { SECOND } from '../base/time.ts';

const LARGE = 700_000;

describe('row 31: another network', () => {
  let world: SessionWorld;
  let sharer: Tab;
  let receiver: Tab;
  let link: string;

  beforeEach(async () => {
    const random = new SeededRandom(11);
    world = new SessionWorld(() => random.fork(), 50);
    [sharer, receiver] = [await world.tab(), await world.tab()];
    link = await sharer.share([chosen('a', patterned(LARGE))]);
  });

  test('in mid-download: the tracker is connected anew at once, and what still works goes on', async () => {
    const { id } = await receiver.receive(link);
    receiver.command({ type: 'download', id });
    await world.until(() => receiver.open.done > LARGE / 4);
    const answer = vi.spyOn(world.tracker, 'answer');
    receiver.session.networkChanged();
    await world.pass(0.1 * SECOND);
    expect(answer.mock.calls.map(([, { event }]) => event)).toEqual(['update']);
    expect(await receiver.reach('complete')).toMatchObject({ done: LARGE, downloaded: LARGE });
  });

  test('whoever shows no life is connected with anew', async () => {
    await receiver.download(link);
    // What the two had still to say.
    await world.pass(3 * SECOND);
    const made = vi.spyOn(world.network, 'announce');
    sharer.session.networkChanged();
    await world.pass(5 * SECOND);
    expect(made.mock.calls.map(([{ role }]) => role)).toEqual(['initiator', 'responder']);
    expect(receiver.connections).toBe(1);
    expect(sharer.open.peers).toHaveLength(1);
  });

  test('after the session has ended nobody minds', async () => {
    sharer.leave();
    const answer = vi.spyOn(world.tracker, 'answer');
    sharer.session.networkChanged();
    await world.pass(SECOND);
    expect(answer).not.toHaveBeenCalled();
  });
});
