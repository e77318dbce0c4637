import { ManualClock } from '@shoal/shared/acceptance/doubles/manualClock.ts';
import { infoHashOf, peerIdOf } from '@shoal/shared/base/ids.ts';
import { expect, it } from 'vitest';
import { TAB_INTERVAL, TabRoster } from './tabRoster.ts';

const infoHash = infoHashOf(new Uint8Array(20));
const peer = (number: number) => ({
  infoHash,
  peerId: peerIdOf(new Uint8Array(20).fill(number)),
  token: new Uint8Array(32),
  event: 'update' as const,
  check: '',
  seeder: false,
  wanted: 0,
});

it('forgets who has not been heard of for two and a half intervals', () => {
  const clock = new ManualClock();
  const roster = new TabRoster(clock);
  const known = () => roster.members(infoHash).map(({ peerId }) => peerId);
  expect([roster.note(peer(1)), roster.note(peer(2)), roster.note(peer(2))]).toEqual([true, true, false]);
  clock.pass(2 * TAB_INTERVAL);
  roster.note(peer(2));
  clock.pass(TAB_INTERVAL);
  expect(known()).toEqual([peer(2).peerId]);
  roster.forget(infoHash, peer(2).peerId);
  expect(known()).toEqual([]);
});
