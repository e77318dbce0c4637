import { beforeEach, describe, expect, it } from 'vitest';
import { ManualClock } from '../acceptance/doubles/manualClock.ts';
import { MemoryTracker } from '../acceptance/doubles/memoryTracker.ts';
import { trackerAcceptance } from '../acceptance/tracker.ts';
import { infoHashOf, type PeerId, peerIdOf } from '../base/ids.ts';
import type { Announce, AnnounceResult, IceServer, Member, TrackerEvents } from './ports.ts';
import { TrackerSet } from './trackerSet.ts';

const SWARM = infoHashOf(new Uint8Array(20).fill(1));
const OWN = 'https://shoal.example';
const LINKED = 'wss://tracker.example/';
const id = (number: number): PeerId => peerIdOf(new Uint8Array(20).fill(number));
const member = (number: number): Member => ({ peerId: id(number), check: '', seeder: false });

for (const own of [['wss://live.example'], ['wss://dead.example', 'wss://live.example']])
  trackerAcceptance(`TrackerSet of ${own.join(' and ')}`, () => {
    const clock = new ManualClock();
    const live = new MemoryTracker(clock);
    const connect = (url: string, events: TrackerEvents) =>
      url.includes('dead') ? new Scripted(events) : live.connect(events);
    return Promise.resolve({
      connect: (events) => new TrackerSet({ clock, own, connect, events }),
      cut: () => live.cut(),
      async until(condition) {
        for (let turn = 0; turn < 10_000; turn++) {
          for (let settled = 0; settled < 10; settled++) await Promise.resolve();
          if (condition()) return;
          clock.pass(1);
        }
        throw new Error('still waiting after 10 s');
      },
      close: () => Promise.resolve(),
    });
  });

/** A tracker that does as the test says. */
class Scripted {
  readonly events: TrackerEvents;
  readonly heard: Announce[] = [];
  readonly signalled: PeerId[] = [];
  answer: AnnounceResult = { type: 'unreachable' };
  closed = false;
  #late: ((result: AnnounceResult) => void)[] | undefined;

  constructor(events: TrackerEvents) {
    this.events = events;
  }

  announce(announce: Announce): Promise<AnnounceResult> {
    this.heard.push(announce);
    if (this.#late === undefined) return Promise.resolve(this.answer);
    return new Promise((resolve) => this.#late?.push(resolve));
  }

  signal(_infoHash: unknown, _from: PeerId, to: PeerId): void {
    this.signalled.push(to);
  }

  reconnect(): void {
    this.events.disconnected(0);
  }

  close(): void {
    this.closed = true;
  }

  /** From now on it answers when told to. */
  linger(): void {
    this.#late = [];
  }

  answerNow(): void {
    for (const resolve of this.#late ?? []) resolve(this.answer);
    this.#late = undefined;
  }

  knows(...members: Member[]): this {
    this.answer = { type: 'announced', members, seeders: 0, leechers: members.length + 1, interval: 30_000 };
    return this;
  }
}

describe('several trackers', () => {
  const clock = new ManualClock();
  let trackers: Map<string, Scripted>;
  let told: { connected: number; disconnected: number; ice: number; announced: AnnounceResult[] };
  let signals: number[];
  let set: TrackerSet;

  beforeEach(() => {
    trackers = new Map();
    told = { connected: 0, disconnected: 0, ice: 0, announced: [] };
    signals = [];
    const connect = (url: string, events: TrackerEvents) => {
      const tracker = new Scripted(events);
      trackers.set(url, tracker);
      return tracker;
    };
    const events: TrackerEvents = {
      connected: () => {
        told.connected++;
      },
      ice: () => {
        told.ice++;
      },
      disconnected: () => {
        told.disconnected++;
      },
      signalled: (_infoHash, _to, _from, sealed) => void signals.push(sealed[0] ?? -1),
      announced: (_infoHash, _peerId, result) => void told.announced.push(result),
      changed: () => undefined,
    };
    set = new TrackerSet({ clock, own: [OWN], connect, events });
  });

  const at = (url: string): Scripted => trackers.get(url)!;
  const settled = async () => {
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  };
  const up = (url: string, ice: readonly IceServer[] = []): Scripted => {
    at(url).events.connected(ice);
    return at(url);
  };
  const announce = (more: Partial<Announce> = {}): Promise<AnnounceResult> =>
    set.announce({
      infoHash: SWARM,
      peerId: id(1),
      event: 'started',
      seeder: false,
      check: '',
      wanted: 50,
      trackers: [LINKED],
      ...more,
    });

  it('contacts one that a link names with the first announce that names it, and lets it go after the last', async () => {
    await announce({ trackers: [] });
    expect([...trackers.keys()]).toEqual([OWN]);
    await announce();
    await announce({ peerId: id(2) });
    up(LINKED);
    await announce({ event: 'stopped' });
    expect(at(LINKED).closed).toBe(false);
    await announce({ peerId: id(2), event: 'stopped' });
    expect([at(LINKED).closed, at(OWN).closed]).toEqual([true, false]);
  });

  it('contacts no more than thirty-two, and none whose address is none', async () => {
    const many = Array.from({ length: 40 }, (_, place) => `wss://t${place}.example`);
    await announce({ trackers: ['wss://[::::]/', 'wss://[', ...many] });
    expect(trackers.size).toBe(32);
    expect([...trackers.keys()].every((url) => URL.canParse(url))).toBe(true);
  });

  it('is as good as its one tracker that lives', async () => {
    await announce();
    at(OWN).events.disconnected(500);
    up(LINKED).knows(member(3));
    expect(await announce()).toMatchObject({ type: 'announced', members: [member(3)] });
    expect(set.ways(SWARM)).toEqual([
      { type: 'tracker', url: OWN, own: true, state: { type: 'waiting', retryIn: 500 } },
      { type: 'tracker', url: LINKED, own: false, state: { type: 'connected' } },
    ]);
  });

  it('tells the first answer at once, and a later one by itself', async () => {
    await announce();
    up(OWN).knows(member(3));
    up(LINKED).knows(member(4)).linger();
    expect(await announce()).toMatchObject({ members: [member(3)] });
    at(LINKED).answerNow();
    await settled();
    expect(told.announced).toMatchObject([{ type: 'announced', members: [member(4)] }]);
  });

  it('tells one that connects later by itself, and nobody else anew', async () => {
    await announce();
    up(OWN).knows(member(3));
    await announce();
    const asked = at(OWN).heard.length;
    at(LINKED).knows(member(4));
    up(LINKED);
    await settled();
    expect(told).toMatchObject({ connected: 1, ice: 1, announced: [{ members: [member(4)] }] });
    expect(at(OWN).heard).toHaveLength(asked);
  });

  it('sends a signal by those that know its receiver, by all when none does', async () => {
    await announce();
    up(OWN).knows(member(3), member(5));
    up(LINKED).knows(member(4), member(5));
    await announce();
    for (const number of [3, 4, 5, 6]) set.signal(SWARM, id(1), id(number), new Uint8Array());
    expect(at(OWN).signalled).toEqual([id(3), id(5), id(6)]);
    expect(at(LINKED).signalled).toEqual([id(4), id(5), id(6)]);
  });

  it('hears a signal once, whoever brings it, and answers by the same', async () => {
    await announce();
    const [own, linked] = [up(OWN), up(LINKED)];
    const sealed = new Uint8Array(40).fill(7);
    own.events.signalled(SWARM, id(1), id(3), sealed);
    linked.events.signalled(SWARM, id(1), id(3), sealed);
    linked.events.signalled(SWARM, id(1), id(4), sealed);
    expect(signals).toEqual([7, 7]);
    const changed = sealed.with(sealed.length - 1, 1);
    own.events.signalled(SWARM, id(1), id(3), changed);
    expect(signals).toHaveLength(3);
    set.signal(SWARM, id(1), id(4), sealed);
    expect([own.signalled, linked.signalled]).toEqual([[], [id(4)]]);
  });

  it('does not take a fresh id because a tracker that a link names says so', async () => {
    await announce();
    up(OWN).knows();
    up(LINKED).answer = { type: 'id-taken' };
    expect(await announce()).toMatchObject({ type: 'announced' });
    expect(set.ways(SWARM)[1]).toMatchObject({ state: { type: 'refused' } });
    at(OWN).answer = { type: 'id-taken' };
    expect(await announce()).toEqual({ type: 'id-taken' });
  });

  it('asks at an update only those that want to hear of it by now', async () => {
    await announce();
    up(OWN).knows();
    up(LINKED).answer = { type: 'announced', members: [], seeders: 0, leechers: 1, interval: 5000 };
    await announce();
    const asked = (url: string) => at(url).heard.length;
    const before = [asked(OWN), asked(LINKED)];
    clock.pass(5000);
    expect(await announce({ event: 'update' })).toMatchObject({ type: 'announced', interval: 5000 });
    expect([asked(OWN), asked(LINKED)]).toEqual([before[0], before[1]! + 1]);
    clock.pass(25_000);
    await announce({ event: 'update' });
    expect(asked(OWN)).toBe(before[0]! + 1);
  });

  it('does not take other tabs for a tracker that is reached', () => {
    const tabs: Scripted[] = [];
    const heard: string[] = [];
    const events = {
      ...at(OWN).events,
      connected: () => heard.push('connected'),
      disconnected: () => heard.push('disconnected'),
    };
    const connect = (url: string, given: TrackerEvents) => {
      const tracker = new Scripted(given);
      trackers.set(url, tracker);
      return tracker;
    };
    const open = (given: TrackerEvents) => {
      const tab = new Scripted(given);
      tabs.push(tab);
      return tab;
    };
    set = new TrackerSet({ clock, own: [OWN], connect, tabs: open, events });
    tabs[0]!.events.connected([]);
    expect(heard).toEqual([]);
    up(OWN);
    at(OWN).events.disconnected(1000);
    expect(heard).toEqual(['connected', 'disconnected']);
  });

  it('tells of other tabs what they tell, and how many they are', async () => {
    const tabs: Scripted[] = [];
    const { events } = at(OWN);
    const announced: AnnounceResult[] = [];
    set = new TrackerSet({
      clock,
      own: [],
      connect: (_url, given) => new Scripted(given),
      tabs(given) {
        const tab = new Scripted(given).knows(member(3));
        tabs.push(tab);
        return tab;
      },
      events: {
        ...events,
        connected: () => undefined,
        announced: (_hash, _id, result) => announced.push(result),
      },
    });
    tabs[0]!.events.connected([]);
    expect(await announce()).toMatchObject({ members: [member(3)] });
    expect(set.ways(SWARM)[0]).toEqual({ type: 'tabs', count: 1 });
    const result = {
      type: 'announced',
      members: [member(4)],
      seeders: 0,
      leechers: 3,
      interval: 30_000,
    } as const;
    tabs[0]!.events.announced(SWARM, id(1), result);
    expect(announced).toMatchObject([{ members: [member(4)] }]);
    expect(set.ways(SWARM)[0]).toEqual({ type: 'tabs', count: 2 });
  });

  it('is refused or unreachable only when all are', async () => {
    await announce();
    expect(await announce()).toEqual({ type: 'unreachable' });
    up(LINKED).answer = { type: 'refused', reason: 'full' };
    expect(await announce()).toEqual({ type: 'refused', reason: 'full' });
    at(LINKED).events.disconnected(1000);
    expect(told.disconnected).toBe(1);
    expect(await announce()).toEqual({ type: 'unreachable' });
  });

  it('gives the ICE servers of all, the page’s own first', async () => {
    const heard: (readonly IceServer[])[] = [];
    const connect = (url: string, events: TrackerEvents) => {
      const tracker = new Scripted(events);
      trackers.set(url, tracker);
      return tracker;
    };
    const events = {
      ...at(OWN).events,
      connected: () => undefined,
      ice: (ice: readonly IceServer[]) => heard.push(ice),
    };
    set = new TrackerSet({ clock, own: [OWN], connect, events });
    await announce();
    up(LINKED, [{ urls: 'stun:b.example' }]);
    up(OWN, [{ urls: 'stun:a.example' }]);
    expect(heard.at(-1)).toEqual([{ urls: 'stun:a.example' }, { urls: 'stun:b.example' }]);
  });
});
