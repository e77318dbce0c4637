import { expect, test } from 'vitest';
import { MINUTE, SECOND } from '../base/time.ts';
import { Overlay } from '../../sim/dht/overlay.ts';
import { COMFORTABLE_LINKS } from './limits.ts';

function pair() {
  const overlay = new Overlay(1);
  overlay.network.hasOtherWays = false;
  const [swarm, stranger, node] = [overlay.join(), overlay.join(), overlay.join()];
  overlay.network.join(node, swarm, 'swarm');
  overlay.network.join(node, stranger);
  overlay.network.run(5 * SECOND);
  return { overlay, swarm, stranger, node };
}

test('links to strangers end where only members of swarms are wanted, and none are made', () => {
  const { overlay, swarm, stranger, node } = pair();
  expect(node.node.links.size).toBe(2);
  expect(node.node.wouldLink(stranger.contact)).toBe(true);
  node.step({ type: 'company', company: 'swarm-members' });
  overlay.network.run(MINUTE);
  expect([...node.node.links].map(({ contact }) => contact.id)).toEqual([swarm.node.self.id]);
  expect(node.node.wouldLink(stranger.contact)).toBe(false);
  overlay.network.join(stranger, node);
  overlay.network.run(MINUTE);
  expect(node.node.links.size).toBe(1);
});

test('whoever proves nothing in time, or speaks first, is sent away', () => {
  const { overlay, node } = pair();
  const silent = overlay.join();
  overlay.network.carry = (from, line, message) => {
    if (message.type !== 'hello' || from !== silent)
      overlay.network.world.after(line.latency, () => line.other.received(line.theirs, message));
  };
  const before = node.lines.size;
  overlay.network.join(node, silent);
  expect(node.lines.size).toBe(before + 1);
  overlay.network.run(11 * SECOND);
  expect(node.lines.size).toBe(before);
  overlay.network.join(node, silent);
  const key = [...node.lines.keys()].at(-1)!;
  node.received(key, { type: 'peers', added: [], dropped: [] });
  expect(node.lines.has(key)).toBe(false);
});

test('a second link to the same node goes, a second connection of a swarm stays', () => {
  const { overlay, stranger, swarm, node } = pair();
  const before = node.lines.size;
  overlay.network.join(node, stranger);
  overlay.network.join(node, swarm);
  overlay.network.run(5 * SECOND);
  expect(node.lines.size).toBe(before);
  overlay.network.join(node, stranger, 'swarm');
  overlay.network.run(5 * SECOND);
  expect(node.lines.size).toBe(before + 1);
  expect(node.node.links.size).toBe(2);
});

test('a malformed message ends the connection it came over, and no other', () => {
  const { overlay, node } = pair();
  const [key, other] = [...node.lines.keys()];
  node.step({ type: 'received', link: key!, message: { type: 'malformed' } });
  overlay.network.run(5 * SECOND);
  expect(node.lines.has(key!)).toBe(false);
  expect(node.lines.has(other!)).toBe(true);
});

test('whoever has hardly anybody dials at once as many as are comfortable of those its first contact told of', () => {
  const overlay = new Overlay(3);
  const { world } = overlay.network;
  overlay.grow(30, 300);
  overlay.network.run(5 * SECOND);
  const contact = overlay.nodes.find(({ node }) => node.links.size > COMFORTABLE_LINKS)!;
  const newcomer = overlay.network.add();
  const dialled = new Map<number, number>();
  overlay.network.tap = (from, _to, message) => {
    const signals = from === newcomer && message.type === 'forward' && message.request.type === 'signal';
    if (signals) dialled.set(world.now, (dialled.get(world.now) ?? 0) + 1);
  };
  overlay.network.join(newcomer, contact, 'entry');
  overlay.network.run(SECOND);
  expect([...dialled.values()][0]).toBe(COMFORTABLE_LINKS);
});

test('who is gone is not dialled again', () => {
  const overlay = new Overlay(4);
  overlay.grow(12, 300);
  overlay.network.run(MINUTE);
  const gone = overlay.nodes[5]!;
  const { id } = gone.node.self;
  gone.vanish();
  let signals = 0;
  overlay.network.tap = (_from, _to, message) => {
    const target: string | undefined = message.type === 'forward' ? message.target : undefined;
    if (target === id) signals++;
  };
  overlay.network.run(5 * MINUTE);
  expect(overlay.nodes.every(({ node }) => node.links.link(id) === undefined)).toBe(true);
  expect(signals).toBe(0);
});
