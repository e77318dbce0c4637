import { beforeEach, describe, expect, test } from 'vitest';
import { SeededRandom } from '../../../sim/seededRandom.ts';
import { ManualClock } from '../../acceptance/doubles/manualClock.ts';
import { MemoryNetwork } from '../../acceptance/doubles/memoryTransport.ts';
import { MINUTE, SECOND } from '../../base/time.ts';
import type { Signal } from '../../wire/signal.ts';
import { PageBudget } from '../connectionBudget.ts';
import { PeerDirectory } from '../peerDirectory.ts';
import type { ConnectionOwner } from '../surroundings.ts';
import { transportEvents } from '../transportEvents.ts';
import type { OwnLink } from './ownLink.ts';
import { OwnLinks } from './ownLinks.ts';

describe('connections made for the DHT alone', () => {
  let clock: ManualClock;
  let network: MemoryNetwork;

  beforeEach(() => {
    clock = new ManualClock();
    network = new MemoryNetwork(clock, new SeededRandom(1));
  });

  function page(connections = 60) {
    const directory = new PeerDirectory<ConnectionOwner>();
    const transport = network.transport(transportEvents(directory));
    const budget = new PageBudget(connections);
    const ice = () => ({ servers: [], policy: 'all' as const });
    const links = new OwnLinks({ clock, directory, transport, ice, budget });
    budget.whenShort(() => links.spare());
    return { budget, links, transport };
  }

  const options = { role: 'initiator', patience: 20 * SECOND } as const;
  const nothing = () => undefined;
  const unheard = { signal: nothing, opened: nothing, received: nothing, ended: nothing };

  /** A link from one to the other, open. */
  function connect(from: ReturnType<typeof page>, to: ReturnType<typeof page>): OwnLink {
    const ends: { answering?: OwnLink | undefined } = {};
    const offering = from.links.make(options, { ...unheard, signal: (signal) => answer(signal) })!;
    const answer = (offer: Signal) => {
      const back = (signal: Signal) => offering.hear(signal);
      ends.answering = to.links.make({ ...options, role: 'responder' }, { ...unheard, signal: back });
      ends.answering?.hear(offer);
    };
    clock.pass(SECOND);
    return offering;
  }

  test('are 32 at most, and given back', () => {
    const { links, budget } = page();
    const made = Array.from({ length: 40 }, () => links.make(options, unheard));
    expect(made.filter((link) => link !== undefined)).toHaveLength(32);
    expect(budget.left).toBe(28);
    links.end();
    expect([budget.left, links.size]).toEqual([60, 0]);
  });

  test('that are not opened in time, or fall silent, are ended; others live', () => {
    const [one, two] = [page(), page()];
    one.links.make(options, unheard);
    const open = connect(one, two);
    clock.pass(5 * MINUTE);
    expect([one.links.size, open.state]).toEqual([1, 'open']);
    two.transport.send = nothing;
    clock.pass(MINUTE);
    expect([one.links.size, one.budget.left]).toEqual([0, 60]);
  });

  test('make room for who needs a connection more: the idle one first, and none that is being made', () => {
    const [one, two] = [page(3), page()];
    const [idle, busy] = [connect(one, two), connect(one, two)];
    one.links.make(options, unheard);
    busy.usedAt = clock.now();
    expect(one.budget.take()).toBe(true);
    expect([idle.state, busy.state]).toEqual(['ended', 'open']);
    expect(one.budget.take()).toBe(true);
    expect(busy.state).toBe('ended');
    expect(one.budget.take()).toBe(false);
  });

  test('do not make room for each other', () => {
    const [one, two] = [page(1), page()];
    const open = connect(one, two);
    expect(one.links.make(options, unheard)).toBeUndefined();
    expect(open.state).toBe('open');
  });
});
