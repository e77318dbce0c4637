import type { TrackerEvents } from '@shoal/shared/host/ports.ts';
import { expect, it } from 'vitest';
import { HeldEvents } from './heldEvents.ts';

function listener(): { readonly heard: string[]; readonly events: TrackerEvents } {
  const heard: string[] = [];
  return {
    heard,
    events: {
      connected: () => heard.push('connected'),
      ice: () => heard.push('ice'),
      disconnected: () => heard.push('disconnected'),
      signalled: () => heard.push('signalled'),
      announced: () => heard.push('announced'),
      changed: () => heard.push('changed'),
    },
  };
}

it('tells in order what came before there was somebody to tell, then what comes', async () => {
  const held = new HeldEvents();
  const { heard, events } = listener();
  held.connected([]);
  held.disconnected(1000);
  held.release(events);
  held.ice([]);
  expect(heard).toEqual([]);
  await Promise.resolve();
  expect(heard).toEqual(['connected', 'disconnected', 'ice']);
  held.connected([]);
  expect(heard.at(-1)).toBe('connected');
  expect(heard).toHaveLength(4);
});
