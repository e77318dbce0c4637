import { beforeEach, describe, expect, it } from 'vitest';
import { peerIdOf } from '../src/base/ids.ts';
import { MINUTE, SECOND } from '../src/base/time.ts';
import { MachineClock } from './machineClock.ts';
import { type Announcing, SimTracker } from './simTracker.ts';
import { TrackerLine } from './trackerLine.ts';
import { World } from './world.ts';

describe('a line to the tracker', () => {
  let world: World;
  let tracker: SimTracker;
  let reachesTracker: boolean;
  let events: string[];

  beforeEach(() => {
    world = new World(1);
    tracker = new SimTracker(world);
    reachesTracker = true;
    events = [];
  });

  const note = (what: string) => events.push(`${what} at ${Math.round(world.now / SECOND)}`);
  const pass = (duration: number) => world.run(world.now + duration, () => false);

  function lineOf(name: string): { line: TrackerLine; member: Announcing } {
    const member: Announcing = {
      peerId: peerIdOf(world.random.bytes(20)),
      check: name,
      latency: 10,
      wanted: 50,
      get reachesTracker() {
        return reachesTracker;
      },
      feed: ({ type }) => note(`${name} hears ${type}`),
      trackerLost: () => line.lost(),
    };
    const clock = new MachineClock(world);
    const reconnected = () => note(`${name} is back`);
    const line = new TrackerLine({ tracker, clock, random: world.random, member, reconnected });
    return { line, member };
  }

  function announce(line: TrackerLine): void {
    line.announce('update', (result) =>
      note(result.type === 'announced' ? result.members.map(({ check }) => check).join() : result.type),
    );
  }

  it('tells members of each other, and relays between them', () => {
    const [one, other] = [lineOf('one'), lineOf('other')];
    announce(one.line);
    announce(other.line);
    pass(SECOND);
    expect(events).toEqual([' at 0', 'one at 0']);
    events.length = 0;
    one.line.relay(other.member.peerId, new Uint8Array(1));
    pass(SECOND);
    expect(events).toEqual(['other hears sealedSignal at 1']);
  });

  it('forgets who has been silent for two and a half intervals, or who says goodbye', () => {
    const [silent, gone, here] = [lineOf('silent'), lineOf('gone'), lineOf('here')];
    for (const { line } of [silent, gone]) announce(line);
    pass(SECOND);
    gone.line.announce('stopped', () => undefined);
    pass(SECOND);
    events.length = 0;
    announce(here.line);
    pass(80 * SECOND);
    announce(here.line);
    pass(SECOND);
    expect(events).toEqual(['silent at 2', ' at 82']);
  });

  it('is lost at once when the tracker goes down, and made again when it is up, by somebody it has forgotten', () => {
    const [one, other] = [lineOf('one'), lineOf('other')];
    announce(one.line);
    announce(other.line);
    pass(SECOND);
    tracker.goDown();
    events.length = 0;
    announce(one.line);
    pass(5 * MINUTE);
    expect(events).toEqual(['unreachable at 1']);
    tracker.comeUp();
    events.length = 0;
    pass(46 * SECOND);
    expect(events.map((event) => event.replace(/ at .*/, '')).sort()).toEqual([
      'one is back',
      'other is back',
    ]);
    events.length = 0;
    announce(one.line);
    pass(SECOND);
    expect(events).toEqual([' at 347']);
  });

  it('that is cut is given up after ten seconds without an answer', () => {
    const { line } = lineOf('one');
    reachesTracker = false;
    announce(line);
    pass(15 * SECOND);
    expect(events).toEqual(['unreachable at 10']);
    reachesTracker = true;
    pass(46 * SECOND);
    expect(events).toHaveLength(2);
    expect(events[1]).toContain('one is back');
  });
});
