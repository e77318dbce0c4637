import { beforeEach, describe, expect, test, vi } from 'vitest';
import { SeededRandom } from '../../sim/seededRandom.ts';
import { chosen, patterned, SessionWorld, type Tab } from '../acceptance/doubles/sessionWorld.ts';
import { MINUTE, SECOND } from '../base/time.ts';

const LARGE = 700_000;
const DAY = 24 * 60 * MINUTE;

describe('a sleep, or a clock set forward', () => {
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

  test('every share announces itself anew, and no connection is lost', async () => {
    await receiver.download(link);
    const answer = vi.spyOn(world.tracker, 'answer');
    world.clock.shiftWall(-DAY);
    await world.pass(3 * SECOND);
    expect(answer).not.toHaveBeenCalled();
    world.clock.shiftWall(DAY);
    await world.pass(3 * SECOND);
    expect(answer.mock.calls.map(([, { event }]) => event)).toEqual(['update', 'update']);
    await world.pass(2 * MINUTE);
    expect(receiver.connections).toBe(1);
    expect(receiver.open.peers).toHaveLength(1);
  });

  test('in mid-download nothing is fetched twice', async () => {
    const { id } = await receiver.receive(link);
    receiver.command({ type: 'download', id });
    await world.until(() => receiver.open.done > LARGE / 4);
    world.clock.shiftWall(DAY);
    expect(await receiver.reach('complete')).toMatchObject({ done: LARGE, downloaded: LARGE });
  });

  test('after the session has ended nobody watches', async () => {
    const answer = vi.spyOn(world.tracker, 'answer');
    sharer.leave();
    receiver.leave();
    await world.pass(SECOND);
    answer.mockClear();
    world.clock.shiftWall(DAY);
    await world.pass(10 * SECOND);
    expect(answer).not.toHaveBeenCalled();
  });
});
