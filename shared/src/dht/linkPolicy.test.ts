import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Contact } from './contact.ts';
import { compareDistance } from './distance.ts';
import { KnownContacts } from './knownContacts.ts';
import {
  BUCKET_CONTACTS,
  COMFORTABLE_LINKS,
  KEPT_NEIGHBOURS,
  MAX_LINKS,
  NEIGHBOURS,
  WANTED_LINKS,
} from './limits.ts';
import { dispensable, isWorthPlace, keepReasons, type LinkFacts, nextDial, spare } from './linkPolicy.ts';
import { nodeIdOfBytes } from './nodeId.ts';
import { anyContact, anyNodeId } from '../../sim/dht/arbitraries.ts';

const at = (...head: readonly number[]): Contact => {
  const id = new Uint8Array(20);
  id.set(head);
  return { id: nodeIdOfBytes(id), publicKey: new Uint8Array(32) };
};
const self = at(0).id;
const facts = (contact: Contact, also: Partial<LinkFacts> = {}): LinkFacts => ({
  contact,
  purpose: 'link',
  since: 0,
  usedAt: 0,
  conduct: 1,
  entering: false,
  ...also,
});
/** So many in each quarter of the farthest bucket, far beyond the neighbours. */
const far = (count: number) =>
  Array.from({ length: count }, (_, index) => at(128 + ((index * 32) % 128), index, 1));
const neighbours = Array.from({ length: KEPT_NEIGHBOURS }, (_, index) => at(0, 0, index + 1));
const nearest = neighbours.slice(0, NEIGHBOURS);
const knownOf = (...contacts: Contact[]) => {
  const known = new KnownContacts(self);
  for (const contact of contacts) known.add(0, contact);
  return [...known.values()];
};

describe('whom to dial', () => {
  test('a neighbour first, even when there are links enough', () => {
    const present = far(WANTED_LINKS);
    expect(nextDial(self, present, knownOf(at(0, 1), at(64)))).toEqual({
      contact: at(0, 1),
      reason: 'neighbour',
    });
  });

  test('then an empty quarter, then few links, then nobody', () => {
    const present = [...nearest, at(128, 1), at(128, 2)];
    const quarter = nextDial(self, present, knownOf(at(128, 3), at(224)));
    expect(quarter).toEqual({ contact: at(224), reason: 'empty-quarter' });
    expect(nextDial(self, present, knownOf(at(128, 3)))?.reason).toBe('few-links');
    const crowded = [...nearest, ...far(4)];
    expect(nextDial(self, crowded, knownOf(at(129)))).toBeUndefined();
    const enough = [...nearest, ...far(WANTED_LINKS - NEIGHBOURS)];
    expect(nextDial(self, enough, knownOf(at(64)), true)?.reason).toBe('empty-quarter');
    expect(nextDial(self, enough, knownOf(at(64)))).toBeUndefined();
  });

  test('nobody beyond the most links there may be', () => {
    expect(nextDial(self, far(MAX_LINKS), knownOf(at(0, 1)))).toBeUndefined();
  });
});

describe('whom to keep', () => {
  test('by the first reason that holds', () => {
    const links = [
      ...neighbours.map((contact) => facts(contact)),
      ...far(6).map((contact) => facts(contact)),
      facts(at(64), { purpose: 'swarm' }),
      facts(at(65), { conduct: 0.1 }),
      facts(at(66), { entering: true }),
      facts(at(32, 9)),
    ];
    const reasons = keepReasons(self, links);
    expect(neighbours.every(({ id }) => reasons.get(id) === 'neighbour')).toBe(true);
    expect(reasons.get(at(64).id)).toBe('swarm');
    expect(reasons.get(at(65).id)).toBe('surplus');
    expect(reasons.get(at(66).id)).toBe('entry');
    expect(reasons.get(at(32, 9).id)).toBe('only-in-quarter');
    expect(far(6).some(({ id }) => reasons.get(id) === 'surplus')).toBe(true);
  });

  test('of too many the surplus goes, the youngest of it, and never a connection of a swarm', () => {
    const old = far(6).map((contact) => facts(contact));
    const young = facts(at(129), { since: 5 });
    const links = [...neighbours.map((contact) => facts(contact)), ...old, young];
    expect(dispensable(self, links)).toBe(young);
    expect(dispensable(self, [facts(at(1), { purpose: 'swarm' })])).toBeUndefined();
  });

  test('of more than is comfortable, those idle for longest are spared', () => {
    const strangers = far(20).map((contact, index) => facts(contact, { usedAt: 100 - index }));
    const links = [...neighbours.map((contact) => facts(contact)), ...strangers];
    const spared = spare(self, links);
    expect(spared).toHaveLength(links.length - COMFORTABLE_LINKS);
    expect(spared[0]).toBe(strangers.at(-1));
    expect(spare(self, links.slice(0, COMFORTABLE_LINKS))).toEqual([]);
  });

  test('a neighbour is worth a place, and a stranger only one that is surplus', () => {
    const quarters = [at(16), at(32), at(64), at(80), at(96), at(112)];
    const full = [...neighbours, ...quarters, ...far(4)].map((contact) => facts(contact));
    expect(isWorthPlace(self, full, facts(at(0, 0, 0, 1)))).toBe(true);
    expect(isWorthPlace(self, full, facts(at(33)))).toBe(false);
    const surplus = [...full, facts(at(140)), facts(at(141))];
    expect(isWorthPlace(self, surplus, facts(at(8)))).toBe(true);
  });
});

test('no link fills a bucket with those it tells of', () => {
  const known = new KnownContacts(self);
  const [liar, others] = [at(1).id, [at(2), at(3), at(4)]];
  for (const [index, other] of others.entries()) known.add(0, at(128, 0, index), other.id);
  for (let told = 1; told < 100; told++) known.add(told, at(128 + told), liar);
  const tellers = [...known.values()].map(({ teller }) => teller);
  expect(tellers).toEqual(expect.arrayContaining(others.map(({ id }) => id)));
  expect(tellers).toHaveLength(BUCKET_CONTACTS);
});

test('known contacts are a few of each bucket, never ourselves, and those who fail go first', () => {
  fc.assert(
    fc.property(anyNodeId, fc.array(anyContact, { maxLength: 100 }), (id, contacts) => {
      const known = new KnownContacts(id);
      for (const contact of contacts) known.add(0, contact);
      const counts = new Map<number, number>();
      for (const { bucket } of known.values()) counts.set(bucket, (counts.get(bucket) ?? 0) + 1);
      for (const count of counts.values()) expect(count).toBeLessThanOrEqual(BUCKET_CONTACTS);
      const dial = nextDial(id, [], [...known.values()]);
      const nearest = [...known.values()]
        .map(({ contact }) => contact)
        .sort((a, b) => compareDistance(id, a.id, b.id));
      expect(dial?.contact).toBe(nearest[0]);
    }),
    { numRuns: 30 },
  );
  const known = new KnownContacts(self);
  expect(known.add(0, at(0))).toBe(false);
  const crowd = Array.from({ length: BUCKET_CONTACTS }, (_, index) => at(128, index + 1));
  for (const contact of crowd) known.add(0, contact);
  known.failed(1, crowd[3]!.id);
  known.add(2, at(200));
  expect([...known.values()].some(({ contact }) => contact === crowd[3])).toBe(false);
});
