import { expect, test } from 'vitest';
import { PeerDirectory } from './peerDirectory.ts';

test('no key is ever given twice, and one that was removed leads to nobody', () => {
  const directory = new PeerDirectory<string>();
  const first = directory.add('a');
  expect(directory.get(first)).toBe('a');
  directory.remove(first);
  const second = directory.add('b');
  expect([directory.get(first), directory.get(second), first === second]).toEqual([undefined, 'b', false]);
});
