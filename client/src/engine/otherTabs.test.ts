import { trackerAcceptance } from '@shoal/shared/acceptance/tracker.ts';
import { infoHashOf, peerIdOf } from '@shoal/shared/base/ids.ts';
import type { Announce, AnnounceResult, Member } from '@shoal/shared/host/ports.ts';
import { secureRandom } from '@shoal/shared/platform/secureRandom.ts';
import { systemClock } from '@shoal/shared/platform/systemClock.ts';
import { afterEach, expect, test, vi } from 'vitest';
import { OtherTabs } from './otherTabs.ts';

let channels = 0;

trackerAcceptance('other tabs, over a real BroadcastChannel', () => {
  const name = `acceptance ${channels++}`;
  const tabs: OtherTabs[] = [];
  return Promise.resolve({
    connect(events) {
      const channel = new BroadcastChannel(name);
      const tab = new OtherTabs({ channel, clock: systemClock, random: secureRandom, events });
      tabs.push(tab);
      return tab;
    },
    until: (condition) => vi.waitUntil(condition, { timeout: 5000, interval: 5 }).then(() => undefined),
    close() {
      for (const tab of tabs) tab.close();
      return Promise.resolve();
    },
  });
});

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

const announceOf = (number: number, more: Partial<Announce> = {}): Announce => ({
  infoHash: infoHashOf(new Uint8Array(20)),
  peerId: peerIdOf(new Uint8Array(20).fill(number)),
  event: 'started',
  seeder: false,
  check: '',
  wanted: 50,
  ...more,
});

function open(name: string) {
  const told: Member[] = [];
  const events = {
    connected: vi.fn(),
    ice: vi.fn(),
    disconnected: vi.fn(),
    signalled: vi.fn(),
    changed: vi.fn(),
    announced: (_infoHash: unknown, _peerId: unknown, result: AnnounceResult) => {
      if (result.type === 'announced') told.push(...result.members);
    },
  };
  const channel = new BroadcastChannel(name);
  const tab = new OtherTabs({ channel, clock: systemClock, random: secureRandom, events });
  closing.push(() => tab.close());
  return { tab, told, events };
}

test('who was there first is told of a newcomer at once, without asking', async () => {
  const [first, second] = [open('newcomer'), open('newcomer')];
  await first.tab.announce(announceOf(1));
  await second.tab.announce(announceOf(2, { seeder: true }));
  await vi.waitUntil(() => first.told.length > 0);
  expect(first.told).toEqual([{ peerId: announceOf(2).peerId, check: '', seeder: true }]);
});

test('who is told of a newcomer may signal to it at once: it hears that when its id is its own', async () => {
  const [first, second] = [open('at once'), open('at once')];
  await first.tab.announce(announceOf(1));
  const { infoHash, peerId } = announceOf(2);
  const held = second.tab.announce(announceOf(2));
  await vi.waitUntil(() => first.told.length > 0, { interval: 5 });
  const signals = [1, 2].map((byte) => Uint8Array.of(byte));
  for (const sealed of signals) first.tab.signal(infoHash, announceOf(1).peerId, peerId, sealed);
  await held;
  await vi.waitUntil(() => second.events.signalled.mock.calls.length > 1);
  expect(second.events.signalled.mock.calls).toEqual(
    signals.map((sealed) => [infoHash, peerId, announceOf(1).peerId, sealed]),
  );
});

test('two that come at the same moment find each other', async () => {
  const [first, second] = [open('together'), open('together')];
  const results = await Promise.all([first.tab.announce(announceOf(1)), second.tab.announce(announceOf(2))]);
  expect(results).toMatchObject([
    { members: [{ peerId: announceOf(2).peerId }] },
    { members: [{ peerId: announceOf(1).peerId }] },
  ]);
});

test('what is no message of ours changes nothing', async () => {
  const { tab, told, events } = open('junk');
  await tab.announce(announceOf(1));
  const stranger = new BroadcastChannel('junk');
  closing.push(() => stranger.close());
  const payload = { ...announceOf(3), token: 'A'.repeat(43) };
  const { infoHash, peerId } = payload;
  for (const junk of [
    undefined,
    'announce',
    { type: 'announce' },
    { type: 'member', payload: { ...payload, peerId: 'x' } },
    { type: 'announce', payload: { ...payload, token: 'short' } },
    { type: 'signal', payload: { infoHash, from: peerId, to: announceOf(1).peerId, sealed: 'text' } },
    {
      type: 'signal',
      payload: { infoHash, from: peerId, to: announceOf(1).peerId, sealed: new Uint8Array(40_000) },
    },
    { type: '__proto__', payload },
  ])
    stranger.postMessage(junk);
  stranger.postMessage({ type: 'member', payload });
  await vi.waitUntil(() => told.length > 0);
  expect(told).toEqual([{ peerId, check: '', seeder: false }]);
  expect(events.signalled).not.toHaveBeenCalled();
});

test('of swarms that a tab takes no part in, nothing is kept', async () => {
  const { tab, told } = open('elsewhere');
  await tab.announce(announceOf(1));
  const stranger = new BroadcastChannel('elsewhere');
  closing.push(() => stranger.close());
  const infoHash = infoHashOf(new Uint8Array(20).fill(9));
  const token = 'A'.repeat(43);
  stranger.postMessage({ type: 'announce', payload: { ...announceOf(2, { infoHash }), token } });
  stranger.postMessage({ type: 'announce', payload: { ...announceOf(3), token } });
  await vi.waitUntil(() => told.length > 0);
  expect(told).toMatchObject([{ peerId: announceOf(3).peerId }]);
  expect(await tab.announce(announceOf(1, { infoHash }))).toMatchObject({ members: [] });
});

test('however many announce themselves, fifty are known', async () => {
  const { tab } = open('crowd');
  await tab.announce(announceOf(1));
  const stranger = new BroadcastChannel('crowd');
  closing.push(() => stranger.close());
  for (let number = 2; number < 102; number++)
    stranger.postMessage({ type: 'member', payload: { ...announceOf(number), token: 'A'.repeat(43) } });
  const result = await tab.announce(announceOf(1, { event: 'update', wanted: 1000 }));
  expect(result.type === 'announced' && result.members.length).toBe(50);
});
