import { describe, expect, test } from 'vitest';
import { MAX_TOLD } from '../../../src/base/peerExchange.ts';
import { MINUTE, SECOND } from '../../../src/base/time.ts';
import { MAX_STEPS, WANTED_LINKS } from '../../../src/dht/limits.ts';
import type { DhtMessage, Forward } from '../../../src/dht/message.ts';
import { keyOf, nodeIdOfBytes, placeBytes } from '../../../src/dht/nodeId.ts';
import { pathIdOf } from '../../../src/dht/pathId.ts';
import { writeProvider } from '../../../src/dht/shareAddress.ts';
import { type Finding, Overlay } from '../overlay.ts';
import { hostile } from '../hostileNode.ts';
import type { SimNode } from '../simNode.ts';
import type { SimPage } from '../surroundings.ts';

const success = (findings: readonly Finding[]) =>
  findings.filter(({ ms }) => ms !== undefined && ms <= 10 * SECOND).length / findings.length;

/** Sends a message over a link of an attacker, as it is. */
function say(attacker: SimNode, message: DhtMessage): void {
  const [key] = attacker.lines.keys();
  if (key !== undefined) attacker.send(key, message);
}

function smallOverlay(seed: number, nodes = 30): Overlay {
  const overlay = new Overlay(seed);
  overlay.grow(nodes, 300);
  overlay.network.run(MINUTE);
  return overlay;
}

const forward = (
  overlay: Overlay,
  request: Forward['request'],
  target = overlay.network.world.random.bytes(20),
): Forward => ({
  type: 'forward',
  path: pathIdOf(overlay.network.world.random.bytes(8)),
  target: keyOf(target),
  salt: 0,
  left: MAX_STEPS,
  request,
});

test('19: one in five are sybils who drop, misroute and lie, and what is provided is found', () => {
  const overlay = new Overlay(1);
  const honest: SimNode[] = [];
  for (let added = 0; added < 60; added++) {
    const node = overlay.join(added % 5 === 4 ? hostile() : undefined);
    if (added % 5 !== 4) honest.push(node);
    overlay.network.run(300);
  }
  overlay.network.run(2 * MINUTE);
  for (let made = 0; made < 10; made++) overlay.share(2, honest);
  overlay.network.run(30 * SECOND);
  expect(success(overlay.lookUps(200, 10, () => honest))).toBeGreaterThanOrEqual(0.95);
});

test('20: attackers surround a key, five for each honest node near it, and it is found', () => {
  const overlay = smallOverlay(2, 60);
  const honest = overlay.nodes;
  const share = overlay.share(0, honest);
  const near = placeBytes(share.address.key);
  for (let added = 0; added < 80; added++) {
    const id = new Uint8Array(near);
    id[0] = (id[0] ?? 0) ^ (added % 64);
    id[4] = added;
    overlay.network.introduce(overlay.network.addAt(id, hostile(true)));
    overlay.network.run(100);
  }
  overlay.network.run(MINUTE);
  for (const provider of honest.slice(0, 3)) overlay.provide(share, provider);
  overlay.network.run(30 * SECOND);
  expect(success(overlay.lookUps(100, 10, () => honest))).toBeGreaterThanOrEqual(0.9);
});

describe('21: records that are stale, forged or not signed', () => {
  const overlay = smallOverlay(3);
  const share = overlay.share(1);
  overlay.network.run(30 * SECOND);
  const [attacker] = overlay.nodes;
  const record = overlay.nodes.flatMap(({ node }) => node.held(share.address.key))[0]!;
  const publish = (changed: typeof record) =>
    say(attacker!, forward(overlay, { type: 'publish', record: changed }, placeBytes(changed.key)));
  const held = () => overlay.nodes.flatMap(({ node }) => node.held(share.address.key));

  test('are held by nobody', () => {
    publish({ ...record, issued: record.issued + 1 });
    publish({ ...record, author: new Uint8Array(32) });
    publish({ ...record, signature: new Uint8Array(64) });
    publish({ ...record, issued: record.issued - 3600 });
    say(attacker!, { type: 'replicate', records: [{ ...record, author: new Uint8Array(32) }] });
    overlay.network.run(10 * SECOND);
    expect(held().length).toBeGreaterThan(0);
    for (const each of held()) expect(each.author).toEqual(record.author);
    for (const each of held()) expect(each.issued).toBeGreaterThanOrEqual(record.issued);
  });

  test('are told by liars only, and told to nobody who looks them up', () => {
    const found: number[] = [];
    const other = overlay.nodes[5]!;
    const operation = other.operation({ provider: () => found.push(1) });
    const unprovided = overlay.share(0).address;
    const { crypto, world, wall } = overlay.network;
    const [peerId] = [...share.providers.keys()];
    const said = { peerId: peerId!, issued: Math.floor(wall / 1000) - 3600 };
    const old = writeProvider(crypto, world.random, attacker!.node.self, unprovided, said);
    const redated = { ...old, issued: said.issued + 3600 };
    other.step({ type: 'lookUp', operation, address: unprovided });
    // It answers what it was asked, with a record of another key.
    overlay.network.tap = (from, to, message) => {
      if (
        message.type === 'forward' &&
        message.request.type === 'providers' &&
        message.target === unprovided.key
      )
        from.received([...from.lines].find(([, line]) => line.other === to)![0], {
          type: 'reply',
          path: message.path,
          left: 1,
          answer: { type: 'providers', records: [record, { ...record, key: unprovided.key }, redated] },
        });
    };
    overlay.network.run(12 * SECOND);
    expect(found).toEqual([]);
  });
});

test('22: one node that stores without end fills no store', () => {
  const overlay = smallOverlay(4);
  const attacker = overlay.nodes[3]!;
  const share = overlay.share(1, [overlay.nodes[0]!]);
  overlay.network.run(30 * SECOND);
  let sent = 0;
  for (let round = 0; round < 50; round++) {
    for (let each = 0; each < 20; each++) {
      const flood = overlay.share(0).address;
      sent++;
      attacker.provide(flood, [...share.providers.keys()][0]!);
    }
    overlay.network.run(SECOND);
  }
  for (const { node } of overlay.nodes) expect(node.recordsHeld).toBeLessThan(sent / 2);
  expect(success(overlay.lookUps(1, 1))).toBe(1);
  expect(overlay.nodes.some(({ node }) => node.held(share.address.key).length > 0)).toBe(true);
});

describe('23: loops and amplification', () => {
  const overlay = smallOverlay(5, 40);
  const count = (run: () => void) => {
    const paths = new Map<string, number>();
    overlay.network.tap = (_from, _to, message) => {
      if (message.type !== 'forward') return;
      paths.set(message.path, (paths.get(message.path) ?? 0) + 1);
    };
    run();
    overlay.network.run(20 * SECOND);
    overlay.network.tap = undefined;
    return paths;
  };

  test('one request takes no more steps than it has', () => {
    const message = forward(overlay, { type: 'providers' });
    const paths = count(() => say(overlay.nodes[0]!, message));
    expect(paths.get(message.path)).toBeGreaterThan(1);
    expect(paths.get(message.path)).toBeLessThanOrEqual(1 + MAX_STEPS);
  });

  test('what was sent on comes back to be refused', () => {
    const message = forward(overlay, { type: 'providers' });
    const attacker = overlay.nodes[0]!;
    const paths = count(() => {
      for (let time = 0; time < 50; time++) say(attacker, message);
    });
    // Fifty of these are the attacker's own.
    expect(paths.get(message.path)).toBeLessThanOrEqual(50 + MAX_STEPS);
  });

  test('a node whose requests are too many gets no more of them done', () => {
    const attacker = overlay.nodes[0]!;
    const { node } = [...attacker.lines.values()][0]!.other;
    let busy = 0;
    overlay.network.tap = (from, to, message) => {
      const refused = message.type === 'reply' && message.answer.type === 'busy';
      if (from.node === node && to === attacker && refused) busy++;
    };
    const target = placeBytes(overlay.nodes[7]!.node.self.id);
    for (let time = 0; time < 3000; time++) say(attacker, forward(overlay, { type: 'find' }, target));
    overlay.network.run(20 * SECOND);
    overlay.network.tap = undefined;
    expect(busy).toBeGreaterThan(2000);
  });
});

test('24: junk told by a peer costs a few dials, and nobody else is left for it', () => {
  const overlay = smallOverlay(6);
  const attacker = overlay.nodes[4]!;
  const { random } = overlay.network.world;
  const victim = [...attacker.lines.values()][0]!.other;
  const dialled = new Set<string>();
  overlay.network.tap = (from, _to, message) => {
    if (from === victim && message.type === 'forward' && message.request.type === 'signal')
      dialled.add(message.target);
  };
  for (let told = 0; told < 100; told++) {
    const added = Array.from({ length: MAX_TOLD }, () => ({
      ...victim.contact,
      id: nodeIdOfBytes(random.bytes(20)),
    }));
    say(attacker, { type: 'peers', added, dropped: [] });
  }
  overlay.network.run(2 * MINUTE);
  expect(dialled.size).toBeLessThanOrEqual(2 * MAX_TOLD);
  expect(victim.node.links.size).toBeGreaterThanOrEqual(WANTED_LINKS);
});

test('a partition heals into one overlay', () => {
  const overlay = smallOverlay(7, 50);
  const { network } = overlay;
  const half = (node: SimPage) => node.number % 2;
  network.hasOtherWays = false;
  network.passes = (from, to) => half(from) === half(to);
  for (const node of overlay.nodes)
    for (const [key, { other }] of node.lines)
      if (half(node) !== half(other)) network.world.after(30 * SECOND, () => node.closed(key));
  network.run(5 * MINUTE);
  expect(
    overlay.nodes.every((node) => [...node.lines.values()].every(({ other }) => half(node) === half(other))),
  ).toBe(true);
  network.passes = () => true;
  // One connection between the halves, as two members of a swarm might make.
  const [even, odd] = [0, 1].map((side) => overlay.nodes.find((node) => half(node) === side)!);
  expect(network.join(even!, odd!, 'swarm')).toBe(true);
  network.run(10 * MINUTE);
  const share = overlay.share(1, [even!]);
  network.run(30 * SECOND);
  const others = overlay.nodes.filter((node) => half(node) === 1);
  expect(success(overlay.lookUps(100, 10, () => others))).toBe(1);
  expect(share.providers.size).toBe(1);
  const crossing = others.filter((node) => [...node.lines.values()].some(({ other }) => half(other) === 0));
  expect(crossing.length).toBeGreaterThan(others.length / 2);
});
