import { beforeEach, describe, expect, it } from 'vitest';
import { type AsleepClock, MachineClock } from './machineClock.ts';
import { World } from './world.ts';

describe('the clock of a machine', () => {
  let world: World;
  let clock: MachineClock;
  let called: [what: string, world: number, clock: number][];

  beforeEach(() => {
    world = new World(1);
    clock = new MachineClock(world);
    called = [];
  });

  const note = (what: string) => () => called.push([what, world.now, clock.now()]);
  const sleepFrom100To400 = (how: AsleepClock) => {
    world.after(100, () => clock.sleep(how));
    world.after(400, () => clock.wake());
  };
  const settle = () => world.run(Number.POSITIVE_INFINITY, () => false);

  it('stands still in a sleep, and what was to come is as far away as before', () => {
    sleepFrom100To400('stops');
    clock.at(50, note('before'));
    clock.at(200, note('meanwhile'));
    clock.at(500, note('afterwards'));
    settle();
    expect(called).toEqual([
      ['before', 50, 50],
      ['meanwhile', 500, 200],
      ['afterwards', 800, 500],
    ]);
  });

  it('or goes on, and what was due happens on waking, in its order', () => {
    sleepFrom100To400('goes-on');
    clock.at(300, note('second'));
    clock.at(200, note('first'));
    clock.at(500, note('afterwards'));
    settle();
    expect(called).toEqual([
      ['first', 400, 400],
      ['second', 400, 400],
      ['afterwards', 500, 500],
    ]);
  });

  it('is never before the time that it calls for, however the sums are rounded', () => {
    world.after(0.1, () => clock.sleep('stops'));
    world.after(0.1 + 0.2, () => clock.wake());
    const early: number[] = [];
    for (let time = 0.1; time < 100; time += 0.1)
      clock.at(time, () => {
        if (clock.now() < time) early.push(time);
      });
    settle();
    expect(early).toEqual([]);
  });

  it('keeps what happens to the machine until it is awake', () => {
    sleepFrom100To400('stops');
    world.after(50, () => clock.whenAwake(note('at once')));
    world.after(150, () => clock.whenAwake(note('late')));
    settle();
    expect(called.map(([what, at]) => [what, at])).toEqual([
      ['at once', 50],
      ['late', 400],
    ]);
  });

  it('forgets what was called off, in a sleep too', () => {
    sleepFrom100To400('goes-on');
    const callOff = clock.at(200, note('never'));
    world.after(300, callOff);
    settle();
    expect(called).toEqual([]);
  });

  it('on the wall can be set, and goes on through a sleep', () => {
    sleepFrom100To400('stops');
    clock.setWall(1000);
    settle();
    expect([clock.now(), clock.wall()]).toEqual([100, 1400]);
  });
});
