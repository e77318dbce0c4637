import { beforeEach, describe, expect, test } from 'vitest';
import { ManualClock } from '../acceptance/doubles/manualClock.ts';
import { SECOND } from '../base/time.ts';
import { Announcer } from './announcer.ts';
import type { AnnounceResult } from './ports.ts';

const INTERVAL = 60 * SECOND;
const announced: AnnounceResult = {
  type: 'announced',
  members: [],
  seeders: 0,
  leechers: 1,
  interval: INTERVAL,
};

describe('an announcer', () => {
  let clock: ManualClock;
  let said: { event: string; at: number; answer: (result: AnnounceResult) => void }[];
  let heard: AnnounceResult[];
  let lonely: boolean;
  let announcer: Announcer;

  beforeEach(() => {
    clock = new ManualClock();
    said = [];
    heard = [];
    lonely = false;
    announcer = new Announcer({
      clock,
      random: { next: () => 0.5, bytes: (length) => new Uint8Array(length) },
      announce: (event, answer) => said.push({ event, at: clock.now(), answer }),
      lonely: () => lonely,
      heard: (result) => heard.push(result),
    });
    announcer.start();
  });

  const answer = (result: AnnounceResult) => said.at(-1)?.answer(result);
  const events = () => said.map(({ event, at }) => [event, at / SECOND]);

  test('announces at once, then at the interval', () => {
    answer(announced);
    clock.pass(INTERVAL);
    answer(announced);
    clock.pass(INTERVAL);
    expect(events()).toEqual([
      ['started', 0],
      ['update', 60],
      ['update', 120],
    ]);
  });

  test('asks sooner while nobody is connected', () => {
    lonely = true;
    answer(announced);
    clock.pass(INTERVAL);
    expect(events()[1]).toEqual(['update', 10]);
  });

  test.each<AnnounceResult>([{ type: 'unreachable' }, { type: 'refused', reason: 'full' }])(
    'tries again soon when %o',
    (result) => {
      answer(result);
      clock.pass(5 * SECOND);
      expect(events()[1]).toEqual(['update', 5]);
      expect(heard).toEqual([result]);
    },
  );

  test('announces anew when the tracker is back, as a newcomer if it never knew us', () => {
    answer({ type: 'unreachable' });
    announcer.reconnected();
    answer(announced);
    announcer.reconnected();
    expect(events().map(([event]) => event)).toEqual(['started', 'started', 'update']);
  });

  test('has one announce to come, however many are asked for', () => {
    answer(announced);
    announcer.completed();
    announcer.reconnected();
    answer(announced);
    clock.pass(INTERVAL);
    expect(said).toHaveLength(4);
  });

  test('an answer that was overtaken is not heard', () => {
    const [first] = said;
    announcer.reconnected();
    first?.answer({ type: 'refused', reason: 'old' });
    answer(announced);
    expect(heard).toEqual([announced]);
  });

  test('says goodbye once, and nothing afterwards', () => {
    announcer.stop();
    announcer.stop();
    announcer.completed();
    announcer.reconnected();
    answer(announced);
    clock.pass(10 * INTERVAL);
    expect(events().map(([event]) => event)).toEqual(['started', 'stopped']);
    expect(heard).toEqual([]);
  });
});
