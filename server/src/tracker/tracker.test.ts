import { idBytes, infoHashOf, type InfoHash, peerIdOf, type PeerId } from '@shoal/shared/base/ids.ts';
import { MINUTE, SECOND } from '@shoal/shared/base/time.ts';
import { MAX_MEMBERS } from '@shoal/shared/tracker/limit.ts';
import type { ParsedAnnounce, SignalPayload } from '@shoal/shared/tracker/payload.ts';
import { describe, expect, test } from 'vitest';
import { Tracker, type TrackerLimits } from './tracker.ts';

function id(number: number): Uint8Array {
  const bytes = new Uint8Array(20);
  new DataView(bytes.buffer).setUint32(16, number);
  return bytes;
}

const hash = (number: number): InfoHash => infoHashOf(id(number));
const peer = (number: number): PeerId => peerIdOf(id(number));

function world(limits?: TrackerLimits) {
  const sent: [connection: string, signal: SignalPayload][] = [];
  const clock = { now: 0 };
  let state = 7;
  const random = {
    next: () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647,
    bytes: (length: number) => new Uint8Array(length),
  };
  const send = (connection: string, signal: SignalPayload) => void sent.push([connection, signal]);
  const tracker = new Tracker({ now: () => clock.now, random, send }, limits);
  return { tracker, sent, clock };
}

/** Peer `number`, whose token goes with it. */
function announce(number: number, more: Partial<ParsedAnnounce> = {}): ParsedAnnounce {
  const token = new Uint8Array(32).fill(number % 256);
  const infoHash = hash(1);
  return {
    infoHash,
    peerId: peer(number),
    token,
    event: 'started',
    seeder: false,
    check: '',
    wanted: 50,
    ...more,
  };
}

describe('announce', () => {
  test('hands out members at random, at most 50, never oneself', () => {
    const { tracker } = world();
    for (let number = 0; number < 80; number++) tracker.announce(`c${number}`, announce(number));
    const seen = new Set<PeerId>();
    for (let round = 0; round < 20; round++) {
      const reply = tracker.announce('c3', announce(3, { event: 'update', wanted: 1000 }));
      if (reply.type !== 'announced') throw new Error(reply.type);
      expect(reply.members).toHaveLength(MAX_MEMBERS);
      for (const { peerId } of reply.members) seen.add(peerId);
    }
    expect(seen.size).toBe(79);
    expect(seen.has(peer(3))).toBe(false);
  });

  test('asks a large swarm to announce less often', () => {
    const { tracker } = world();
    const interval = (number: number) => {
      const reply = tracker.announce(`c${number}`, announce(number));
      return reply.type === 'announced' ? reply.interval : 0;
    };
    const intervals = Array.from({ length: 1200 }, (_, number) => interval(number));
    expect(intervals[0]).toBe(30 * SECOND);
    expect(intervals[99]).toBe(30 * SECOND);
    expect(intervals[549]).toBe(75 * SECOND);
    expect(intervals[1199]).toBe(120 * SECOND);
  });

  test('another token does not get an id, not even to stop it', () => {
    const { tracker } = world();
    tracker.announce('a', announce(1));
    const thief = { token: new Uint8Array(32).fill(9) };
    expect(tracker.announce('b', announce(1, thief))).toEqual({ type: 'id-taken' });
    expect(tracker.announce('b', announce(1, { ...thief, event: 'stopped' }))).toEqual({ type: 'id-taken' });
    expect(tracker.memberships).toBe(1);
  });

  test('the same token takes its id over on a new connection, before the old one is known to be lost', () => {
    const { tracker, sent } = world();
    tracker.announce('old', announce(1));
    tracker.announce('new', announce(1, { event: 'update' }));
    tracker.announce('other', announce(2));
    tracker.closed('old');
    expect(tracker.relay('other', signal(2, 1))).toBe('relayed');
    expect(sent.map(([connection]) => connection)).toEqual(['new']);
  });

  test('a fresh id takes the place of the former one of the same connection', () => {
    const { tracker } = world();
    tracker.announce('a', announce(1));
    tracker.announce('a', announce(2));
    expect(tracker.scrape([hash(1)])).toMatchObject({ swarms: [{ leechers: 1 }] });
    expect(tracker.memberships).toBe(1);
  });

  test('a connection joins so many swarms and no more, but may go on in those it is in', () => {
    const { tracker } = world({ swarmsPerConnection: 2, memberships: 100 });
    const join = (number: number, connection = 'a') =>
      tracker.announce(connection, announce(1, { infoHash: hash(number) })).type;
    expect([join(1), join(2), join(3), join(2)]).toEqual(['announced', 'announced', 'refused', 'announced']);
    expect(join(3, 'b')).toBe('announced');
    tracker.announce('a', announce(1, { infoHash: hash(1), event: 'stopped' }));
    expect(join(3)).toBe('announced');
  });

  test('a full tracker refuses newcomers and keeps the others', () => {
    const { tracker } = world({ swarmsPerConnection: 9, memberships: 2 });
    const join = (number: number) => tracker.announce(`c${number}`, announce(number));
    join(1);
    join(2);
    expect(join(3)).toEqual({ type: 'refused', reason: 'the tracker is full' });
    expect(join(2)).toMatchObject({ type: 'announced', leechers: 2 });
  });
});

describe('silence', () => {
  test('ends a membership after two and a half intervals', () => {
    const { tracker, clock } = world();
    tracker.announce('a', announce(1));
    clock.now = 75 * SECOND - 1;
    tracker.expire();
    expect(tracker.memberships).toBe(1);
    clock.now = 75 * SECOND;
    tracker.expire();
    expect([tracker.memberships, tracker.swarms]).toEqual([0, 0]);
  });

  test('a lost connection hides a member at once and keeps its id for a minute', () => {
    const { tracker, clock } = world();
    tracker.announce('a', announce(1));
    tracker.closed('a');
    expect(tracker.scrape([hash(1)])).toMatchObject({ swarms: [{ leechers: 0 }] });
    const thief = announce(1, { token: new Uint8Array(32) });
    expect(tracker.announce('b', thief).type).toBe('id-taken');
    clock.now = MINUTE;
    tracker.expire();
    expect(tracker.announce('b', thief).type).toBe('announced');
  });
});

function signal(from: number, to: number, swarm = 1): SignalPayload {
  return { infoHash: hash(swarm), from: peer(from), to: peer(to), sealed: idBytes(peer(from)) };
}

describe('relay', () => {
  test('only between members of one swarm, and only in one’s own name', () => {
    const { tracker, sent } = world();
    tracker.announce('a', announce(1));
    tracker.announce('b', announce(2));
    tracker.announce('c', announce(3, { infoHash: hash(2) }));
    expect(tracker.relay('a', signal(1, 2))).toBe('relayed');
    expect(sent).toEqual([['b', signal(1, 2)]]);
    expect(tracker.relay('a', signal(1, 3))).toBe('receiver-not-member');
    expect(tracker.relay('a', signal(1, 1))).toBe('receiver-not-member');
    expect(tracker.relay('a', signal(2, 1))).toBe('sender-not-member');
    expect(tracker.relay('c', signal(3, 2))).toBe('sender-not-member');
    expect(tracker.relay('a', signal(1, 2, 2))).toBe('sender-not-member');
    expect(tracker.relay('nobody', signal(1, 2))).toBe('sender-not-member');
    expect(sent).toHaveLength(1);
  });
});
