import { describe, expect, it } from 'vitest';
import { blankSnapshot } from '@shoal/shared/host/shareSnapshot.ts';
import type { Command, ShareProblem, Snapshot } from '@shoal/shared/host/snapshot.ts';
import { GivingAgain } from './givingAgain.ts';

const file = new File(['x'], 'a');

interface World {
  readonly query: string;
  readonly request: string;
  readonly gone: boolean;
}

function make(change: Partial<World>) {
  const world: World = { query: 'prompt', request: 'granted', gone: false, ...change };
  const asked: string[] = [];
  const root = {
    kind: 'file',
    name: 'a',
    getFile: () => (world.gone ? Promise.reject(new Error('gone')) : Promise.resolve(file)),
    queryPermission: () => Promise.resolve(world.query),
    requestPermission: () => {
      asked.push('a');
      return Promise.resolve(world.request);
    },
  } as unknown as FileSystemHandle;
  const sent: Command[] = [];
  const states: unknown[] = [];
  const store = { get: (id: string) => Promise.resolve(id === 'kept' ? [root, root] : undefined) };
  const giving = new GivingAgain(
    store,
    (command) => sent.push(command),
    () => states.push(giving.state),
  );
  return { giving, asked, sent, states };
}

function open(problem: ShareProblem | undefined, id = 'kept'): Snapshot {
  const share = { ...blankSnapshot, id, role: 'sharer' as const, problem };
  const settings = { uploadLimit: undefined, relayOnly: false };
  return { shares: [], removed: [], open: share, settings, relays: false, storage: 'lasting' };
}

const needed: ShareProblem = { code: 'files-needed' };
const unreadable: ShareProblem = { code: 'file-unreadable', name: 'a' };
const files = [
  { path: ['a'], file },
  { path: ['a'], file },
];
const gives = { type: 'give-files', id: 'kept', files };

describe('GivingAgain', () => {
  it('gives by itself what may be read, but only once', async () => {
    const { giving, asked, sent } = make({ query: 'granted' });
    await giving.follow(open(needed));
    await giving.follow(open(needed));
    expect([sent, asked]).toEqual([[gives], []]);
    await giving.follow(open(undefined));
    expect(giving.state).toBeUndefined();
    await giving.follow(open(needed));
    expect(sent).toEqual([gives]);
    expect(giving.state).toBe('offered');
  });

  it('offers the rest, and asks within the press', async () => {
    const { giving, asked, sent, states } = make({});
    await giving.follow(open(needed));
    expect([sent, asked, states]).toEqual([[], [], ['offered']]);
    const given = giving.give('kept');
    expect(asked).toEqual(['a', 'a']);
    await given;
    expect(sent).toEqual([gives]);
    expect(states).toEqual(['offered', 'reading', 'reading', 'offered']);
  });

  it('never gives by itself what could not be read', async () => {
    const { giving, sent } = make({ query: 'granted' });
    await giving.follow(open(unreadable));
    expect([sent, giving.state]).toEqual([[], 'offered']);
  });

  it.each([
    [{ request: 'denied' }, 'refused'],
    [{ gone: true }, 'gone'],
  ])('with %j: %s', async (change, state) => {
    const { giving, sent } = make(change);
    await giving.follow(open(needed));
    await giving.give('kept');
    expect([sent, giving.state]).toEqual([[], state]);
  });

  it('offers nothing for what it does not have, or what wants other files', async () => {
    const { giving, states } = make({});
    await giving.follow(open(needed, 'other'));
    await giving.follow(open({ code: 'files-differ', names: [] }));
    await giving.give('kept');
    expect([giving.state, states]).toEqual([undefined, []]);
  });

  it('lets go of what was left before it was ready', async () => {
    const { giving, sent, states } = make({ query: 'granted' });
    const left = giving.follow(open(needed));
    await giving.follow(open(undefined));
    await left;
    expect([sent, states]).toEqual([[], []]);
  });
});
