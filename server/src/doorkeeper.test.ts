import { MINUTE, SECOND } from '@shoal/shared/base/time.ts';
import { describe, expect, test } from 'vitest';
import { Doorkeeper, type DoorLimits } from './doorkeeper.ts';

function door(limits: Partial<DoorLimits> = {}) {
  const clock = { now: 0 };
  const chance = { next: () => 0, bytes: () => new Uint8Array() };
  return { clock, chance, door: new Doorkeeper(() => clock.now, chance, limits) };
}

function say(visitor: { message(): string }, times: number): Record<string, number> {
  const counts: Record<string, number> = {};
  for (let said = 0; said < times; said++) {
    const verdict = visitor.message();
    counts[verdict] = (counts[verdict] ?? 0) + 1;
  }
  return counts;
}

describe('row 53: more than the rate', () => {
  test('of one connection: refused, then told to be a flood', () => {
    const { door: keeper, clock } = door({ messages: { rate: 10, burst: 20 }, patience: 5 });
    const visitor = keeper.enter('a');
    expect(say(visitor, 25)).toEqual({ taken: 20, refused: 5 });
    clock.now = SECOND;
    expect(say(visitor, 11)).toEqual({ taken: 10, flood: 1 });
  });

  test('of all connections of one address: others are not concerned', () => {
    const { door: keeper } = door({ addressMessages: { rate: 10, burst: 30 }, patience: 5 });
    const [one, two, other] = [keeper.enter('a'), keeper.enter('a'), keeper.enter('b')];
    expect(say(one, 20)).toEqual({ taken: 20 });
    expect(say(two, 20)).toEqual({ taken: 10, refused: 5, flood: 5 });
    expect(say(other, 20)).toEqual({ taken: 20 });
  });

  test('newcomers from where a flood came wait for a while; for a minute, and only they', () => {
    const { door: keeper, clock } = door({ messages: { rate: 1, burst: 1 }, patience: 0 });
    say(keeper.enter('a'), 2);
    expect(keeper.admit('a')).toEqual({ type: 'admitted', delay: 3 * SECOND });
    expect(keeper.admit('b')).toEqual({ type: 'admitted', delay: 0 });
    clock.now = MINUTE;
    expect(keeper.admit('a')).toEqual({ type: 'admitted', delay: 0 });
  });

  test('who were cut together do not come back together', () => {
    const { door: keeper, chance } = door({ messages: { rate: 1, burst: 1 }, patience: 0 });
    const wait = (drawn: number) => {
      const address = `from ${drawn}`;
      say(keeper.enter(address), 2);
      chance.next = () => drawn;
      return keeper.admit(address);
    };
    expect([0, 0.5, 0.9].map(wait)).toEqual(
      [3, 4.5, 5.7].map((seconds) => ({ type: 'admitted', delay: seconds * SECOND })),
    );
  });
});

describe('row 53: more connections than are good', () => {
  test('in a short time', () => {
    const { door: keeper, clock } = door({ arrivals: { rate: 1, burst: 2 } });
    const come = (address: string) => keeper.admit(address);
    expect([come('a').type, come('a').type]).toEqual(['admitted', 'admitted']);
    expect(come('a')).toEqual({ type: 'refused', reason: 'address-rate' });
    expect(come('b').type).toBe('admitted');
    clock.now = SECOND;
    expect(come('a').type).toBe('admitted');
  });

  test('at a time; a place is given back once', () => {
    const { door: keeper } = door({ clients: 4 });
    const first = keeper.enter('a');
    expect(keeper.admit('a')).toEqual({ type: 'refused', reason: 'address-full' });
    for (const address of ['b', 'c', 'd']) keeper.enter(address);
    expect(keeper.admit('e')).toEqual({ type: 'refused', reason: 'full' });
    first.leave();
    first.leave();
    expect(keeper.clients).toBe(3);
    expect(keeper.admit('e').type).toBe('admitted');
  });
});

test('addresses are forgotten once there is nothing to remember', () => {
  const { door: keeper, clock } = door({ messages: { rate: 1, burst: 1 }, patience: 0 });
  const visitor = keeper.enter('flooder');
  say(visitor, 2);
  keeper.admit('quick');
  const staying = keeper.enter('staying');
  clock.now = SECOND;
  visitor.leave();
  keeper.expire();
  expect(keeper.addresses).toBe(2);
  clock.now = MINUTE;
  keeper.expire();
  expect(keeper.addresses).toBe(1);
  staying.leave();
  keeper.expire();
  expect(keeper.addresses).toBe(0);
});
