import { MessageChannel as NodeMessageChannel } from 'node:worker_threads';
import { pattern, peerKey } from '@shoal/shared/acceptance/transportEnds.ts';
import type { Transport, TransportEvents } from '@shoal/shared/host/ports.ts';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { WorkerTransport } from '../engine/workerTransport.ts';
import { bridgeTransport } from './transportBridge.ts';

const PEER = peerKey(7);
const FINGERPRINTS = { local: 'sha-256 AA', remote: 'sha-256 BB' };

let calls: unknown[][];
let heard: unknown[][];
let page: TransportEvents;
let worker: Transport;
let channel: MessageChannel;

beforeEach(() => {
  calls = [];
  heard = [];
  // Node's own class: the global one is not in these types.
  channel = new NodeMessageChannel() as unknown as MessageChannel;
  bridgeTransport(channel.port1, (events) => {
    page = events;
    return recorder(calls, ['open', 'signal', 'send', 'close'] as const);
  });
  const events = recorder(heard, ['signal', 'opened', 'frame', 'credit', 'route', 'path', 'closed'] as const);
  worker = new WorkerTransport(channel.port2, events);
});

afterEach(() => channel.port1.close());

const ICE = { servers: [{ urls: ['stun:a', 'stun:b'] }], policy: 'all' } as const;

test('every call reaches the page as it was made', async () => {
  worker.open(PEER, 2, 'initiator', ICE);
  worker.signal(PEER, 2, { type: 'answer', sdp: 'v=0' });
  worker.send(PEER, 2, [pattern(0, 5), pattern(5, 6)]);
  worker.close(PEER, 2);
  await arrived(calls, 4);
  expect(calls).toEqual([
    ['open', PEER, 2, 'initiator', ICE],
    ['signal', PEER, 2, { type: 'answer', sdp: 'v=0' }],
    ['send', PEER, 2, [pattern(0, 5), pattern(5, 6)]],
    ['close', PEER, 2],
  ]);
});

test('every event reaches the worker, in order', async () => {
  page.signal(PEER, 0, { type: 'offer', sdp: 'v=0' });
  page.opened(PEER, 0, FINGERPRINTS);
  page.credit(PEER, 0, 99);
  page.route(PEER, 0, { type: 'relayed', roundTrip: 40 });
  page.path(PEER, 0, 'gone');
  page.frame(PEER, 0, pattern(0, 10));
  page.closed(PEER, 0, 'gone');
  await arrived(heard, 7);
  expect(heard).toEqual([
    ['signal', PEER, 0, { type: 'offer', sdp: 'v=0' }],
    ['opened', PEER, 0, FINGERPRINTS],
    ['credit', PEER, 0, 99],
    ['route', PEER, 0, { type: 'relayed', roundTrip: 40 }],
    ['path', PEER, 0, 'gone'],
    ['frame', PEER, 0, pattern(0, 10)],
    ['closed', PEER, 0, 'gone'],
  ]);
});

test('whole buffers are transferred, a view is copied and its buffer left alone', () => {
  const whole = pattern(0, 100);
  const large = pattern(0, 100);
  worker.send(PEER, 0, [whole, large.subarray(10, 20)]);
  expect(whole.buffer.byteLength).toBe(0);
  expect(large.buffer.byteLength).toBe(100);
});

test('what the page reported before it heard of a close is dropped, what a new connection reports is not', async () => {
  worker.open(PEER, 1, 'initiator', ICE);
  await arrived(calls, 1);
  page.credit(PEER, 1, 1);
  page.closed(PEER, 1, 'crossed the close');
  worker.close(PEER, 1);
  worker.open(PEER, 1, 'initiator', ICE);
  await arrived(calls, 3);
  page.credit(PEER, 1, 2);
  page.credit(PEER, 0, 3);
  await arrived(heard, 2);
  expect(heard).toEqual([
    ['credit', PEER, 1, 2],
    ['credit', PEER, 0, 3],
  ]);
});

function recorder<Name extends string>(into: unknown[][], names: readonly Name[]) {
  const entries = names.map((name) => [name, (...values: unknown[]) => void into.push([name, ...values])]);
  return Object.fromEntries(entries) as Record<Name, () => void>;
}

async function arrived(list: unknown[][], count: number): Promise<void> {
  while (list.length < count) await new Promise((resolve) => setImmediate(resolve));
}
