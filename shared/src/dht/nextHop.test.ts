import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Contact } from './contact.ts';
import { isNearer } from './distance.ts';
import { Link, linkKey } from './link.ts';
import { nextHop, type Way } from './nextHop.ts';
import { keyAt, nodeIdOfBytes } from './nodeId.ts';
import { anyContact, anyKey, anyNodeId } from '../../sim/dht/arbitraries.ts';

const at = (...head: readonly number[]): Contact => {
  const id = new Uint8Array(20);
  id.set(head);
  return { id: nodeIdOfBytes(id), publicKey: new Uint8Array(32) };
};
const links = (...contacts: Contact[]) =>
  contacts.map((contact, index) => new Link(linkKey(index), contact, 'link', 0));
const nobody = () => false;
const way: Way = { self: at(128).id, target: keyAt(at(0).id), salt: 0, region: 0, now: 0 };

describe('the next hop', () => {
  test('is nearer to the target than we are, or there is none', () => {
    const region = fc.constantFrom(0, 0.01);
    fc.assert(
      fc.property(
        anyNodeId,
        anyKey,
        fc.array(anyContact),
        fc.nat({ max: 255 }),
        region,
        (self, target, contacts, salt, region) => {
          const hop = nextHop(links(...contacts), { self, target, salt, region, now: 0 }, nobody);
          const nearer = contacts.filter(({ id }) => isNearer(target, id, self));
          if (nearer.length > 0) expect(hop).toBeDefined();
          if (hop !== undefined && region === 0) expect(isNearer(target, hop.contact.id, self)).toBe(true);
        },
      ),
    );
  });

  test('is the nearest, other things being equal, and the target itself in any case', () => {
    const [near, far, target] = links(at(1), at(64), at(0));
    expect(nextHop([far!, near!], way, nobody)).toBe(near);
    target!.suspect(0);
    expect(nextHop([far!, near!, target!], { ...way, salt: 9 }, nobody)).toBe(target);
  });

  test('is another one for other salts, and anyone within the region', () => {
    const within = links(at(0, 1), at(0, 2), at(0, 3), at(0, 4), at(0, 255));
    const chosen = (region: number) =>
      new Set(Array.from({ length: 200 }, (_, salt) => nextHop(within, { ...way, salt, region }, nobody)));
    expect(chosen(0.01).size).toBe(within.length);
    expect(chosen(0).has(within[4])).toBe(false);
  });

  test('is not one that is silent or never answers while there is another', () => {
    const [near, far] = links(at(1), at(64));
    near!.suspect(0);
    expect(nextHop([near!, far!], way, nobody)).toBe(far);
    expect(nextHop([near!], way, nobody)).toBe(near);
    near!.heard();
    for (let time = 0; time < 30; time++) near!.disappointed();
    expect(nextHop([near!, far!], way, nobody)).toBe(far);
  });

  test('may be anybody where the path begins', () => {
    const [other] = links(at(255));
    expect(nextHop([other!], way, nobody)).toBeUndefined();
    expect(nextHop([other!], { ...way, self: undefined }, nobody)).toBe(other);
  });
});
