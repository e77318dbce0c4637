import { createServer } from 'node:http';
import type { Socket } from 'node:net';
import { once } from 'node:events';
import { trackerAcceptance, type TrackerWorld } from '@shoal/shared/acceptance/tracker.ts';
import { infoHashOf, peerIdOf } from '@shoal/shared/base/ids.ts';
import type { Random } from '@shoal/shared/base/random.ts';
import type { Announce, IceServer } from '@shoal/shared/host/ports.ts';
import { secureRandom } from '@shoal/shared/platform/secureRandom.ts';
import pino from 'pino';
import { Server } from 'socket.io';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { parseConfig } from '../../../server/src/config.ts';
import { type RunningServer, startServer } from '../../../server/src/server.ts';
import { listenStun } from '../../../server/src/stun.ts';
import { connectTracker } from './trackerClient.ts';

async function realServer(environment: Record<string, string> = {}): Promise<RunningServer> {
  const parsed = parseConfig({ PORT: '0', HOST: '127.0.0.1', STUN_PORT: '0', ...environment });
  if (parsed.type === 'wrong') throw new Error(parsed.problem);
  return startServer(parsed.config, { page: 'no page', version: '0', log: pino({ level: 'silent' }) });
}

async function realWorld(): Promise<TrackerWorld> {
  const server = await realServer();
  const sockets = new Set<Socket>();
  server.http.on('connection', (socket) => sockets.add(socket));
  const clients: ReturnType<typeof connectTracker>[] = [];
  return {
    connect(events) {
      const client = connectTracker({ url: `ws://127.0.0.1:${server.port}`, random: secureRandom, events });
      clients.push(client);
      return client;
    },
    cut() {
      for (const socket of sockets) socket.destroy();
      sockets.clear();
    },
    until: (condition) => vi.waitUntil(condition, { timeout: 5000, interval: 5 }).then(() => undefined),
    async close() {
      for (const client of clients) client.close();
      await server.drain();
    },
  };
}

trackerAcceptance('the socket.io client with the real tracker', realWorld);

const announce: Announce = {
  infoHash: infoHashOf(new Uint8Array(20)),
  peerId: peerIdOf(new Uint8Array(20)),
  event: 'started',
  seeder: false,
  check: '',
  wanted: 50,
};

/** Jitter of nothing, so that a return is soon. */
const eager: Random = { next: () => 0, bytes: (length) => new Uint8Array(length) };

describe('what the port does not show', () => {
  const closing: (() => unknown)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  function connect(port: number) {
    const greetings: (readonly IceServer[])[] = [];
    const renewals: (readonly IceServer[])[] = [];
    const events = {
      ice: (ice: readonly IceServer[]) => void renewals.push(ice),
      connected: (ice: readonly IceServer[]) => void greetings.push(ice),
      disconnected: vi.fn(),
      signalled: vi.fn(),
      announced: vi.fn(),
      changed: vi.fn(),
    };
    const tracker = connectTracker({ url: `http://localhost:${port}/anything`, random: eager, events });
    closing.push(() => tracker.close());
    return { tracker, greetings, renewals, events };
  }

  /** A tracker that says whatever the test wants it to. */
  async function liar() {
    const http = createServer();
    const io = new Server(http);
    http.listen(0);
    await once(http, 'listening');
    closing.push(() => io.close());
    const address = http.address();
    return { io, port: typeof address === 'object' ? address!.port : 0 };
  }

  test('nobody there', async () => {
    const { tracker } = connect(1);
    expect(await tracker.announce(announce)).toEqual({ type: 'unreachable' });
  });

  test('ICE servers come with the greeting: our own STUN under the name the tracker was reached by', async () => {
    const stun = await listenStun(0);
    stun.close();
    const environment = { HOST: 'localhost', STUN_PORT: String(stun.port), STUN_URLS: 'stun:a.example' };
    const server = await realServer(environment);
    closing.push(() => server.drain());
    const { greetings } = connect(server.port);
    await vi.waitUntil(() => greetings.length > 0);
    expect(greetings).toEqual([[{ urls: [`stun:localhost:${stun.port}`] }, { urls: ['stun:a.example'] }]]);
  });

  test('one that takes the connection and says nothing is tried again like one that is not there', async () => {
    const { io, port } = await liar();
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    closing.push(() => vi.useRealTimers());
    const met = once(io, 'connection');
    const { greetings, events } = connect(port);
    await met;
    const again = once(io, 'connection');
    vi.advanceTimersByTime(10_000);
    expect(events.disconnected.mock.calls).toEqual([[250]]);
    vi.advanceTimersByTime(250);
    await again;
    expect(greetings).toEqual([]);
  });

  test('malformed greetings, answers and signals are not believed', async () => {
    const { io, port } = await liar();
    io.on('connection', (socket) => {
      socket.emit('hello', { version: 2, ice: [] });
      socket.emit('signal', { infoHash: 'x' });
      socket.emit('hello', { version: 1, ice: [] });
      socket.on('announce', (_payload, acknowledge: (reply: unknown) => void) =>
        acknowledge({ type: 'announced', members: [], seeders: 0, leechers: 0, interval: 0 }),
      );
    });
    const { tracker, greetings, events } = connect(port);
    await vi.waitUntil(() => greetings.length > 0);
    expect(await tracker.announce(announce)).toMatchObject({ type: 'refused' });
    expect(greetings).toEqual([[]]);
    expect(events.signalled).not.toHaveBeenCalled();
  });

  test('after a goodbye it leaves, and comes back', async () => {
    const { io, port } = await liar();
    io.on('connection', (socket) => {
      socket.emit('hello', { version: 1, ice: [] });
    });
    const { greetings, events } = connect(port);
    await vi.waitUntil(() => greetings.length === 1);
    io.emit('goodbye', { within: 60_000 });
    await vi.waitUntil(() => greetings.length === 2, { timeout: 5000 });
    expect(events.disconnected).toHaveBeenCalledTimes(1);
  });

  test('row 31: on another network it connects anew at once, though nothing shows yet that the old connection is dead', async () => {
    const server = await realServer();
    closing.push(() => server.drain());
    const { tracker, greetings, events } = connect(server.port);
    await vi.waitUntil(() => greetings.length === 1);
    tracker.reconnect();
    expect(events.disconnected).toHaveBeenCalledTimes(1);
    await vi.waitUntil(() => greetings.length === 2);
    expect(await tracker.announce(announce)).toMatchObject({ type: 'announced' });
  });

  test('row 31: on another network it comes back no sooner than the tracker has asked for', async () => {
    const { io, port } = await liar();
    io.on('connection', (socket) => {
      socket.emit('hello', { version: 1, ice: [] });
    });
    const { tracker, greetings, events } = connect(port);
    await vi.waitUntil(() => greetings.length === 1);
    io.emit('goodbye', { within: 60_000 });
    await vi.waitUntil(() => events.disconnected.mock.calls.length === 1);
    const since = performance.now();
    tracker.reconnect();
    await vi.waitUntil(() => greetings.length === 2, { timeout: 5000 });
    expect(performance.now() - since).toBeGreaterThan(300);
  });

  test('an answer that never comes is told as unreachable when the connection ends', async () => {
    const { io, port } = await liar();
    io.on('connection', (socket) => {
      socket.emit('hello', { version: 1, ice: [] });
      socket.on('announce', () => socket.conn.close());
    });
    const { tracker, greetings } = connect(port);
    await vi.waitUntil(() => greetings.length === 1);
    expect(await tracker.announce(announce)).toEqual({ type: 'unreachable' });
  });

  test('row 54: fresh TURN credentials come in mid-connection, malformed ones are not believed', async () => {
    const { io, port } = await liar();
    const ice = [{ urls: ['turn:a.example'], username: '1', credential: 'c' }];
    io.on('connection', (socket) => {
      socket.emit('hello', { version: 1, ice: [] });
      socket.emit('ice', { ice: 'all of them' });
      socket.emit('ice', { ice });
    });
    const { greetings, renewals } = connect(port);
    await vi.waitUntil(() => renewals.length > 0);
    expect([greetings, renewals]).toEqual([[[]], [ice]]);
  });

  test('row 26: a client that is refused leaves, and comes back', async () => {
    const { io, port } = await liar();
    io.on('connection', (socket) => {
      socket.emit('hello', { version: 1, ice: [] });
    });
    const { greetings, events } = connect(port);
    await vi.waitUntil(() => greetings.length === 1);
    io.emit('refused', { type: 'refused', reason: 'too many messages' });
    await vi.waitUntil(() => greetings.length === 2, { timeout: 5000 });
    expect(events.disconnected).toHaveBeenCalledTimes(1);
  });

  const member = (number: number, swarm = 0): Announce => ({
    ...announce,
    infoHash: infoHashOf(new Uint8Array(20).fill(swarm)),
    peerId: peerIdOf(new Uint8Array(20).fill(number)),
  });

  test('row 26: a client with very much to say is not refused, and all of it arrives', async () => {
    const server = await realServer();
    closing.push(() => server.drain());
    const [first, second] = [connect(server.port), connect(server.port)];
    await vi.waitUntil(() => first.greetings.length + second.greetings.length === 2);
    const swarms = Array.from({ length: 100 }, (_, swarm) => first.tracker.announce(member(1, swarm)));
    await second.tracker.announce(member(2));
    for (let sent = 0; sent < 60; sent++)
      first.tracker.signal(member(1).infoHash, member(1).peerId, member(2).peerId, new Uint8Array([sent]));
    const types = (await Promise.all(swarms)).map(({ type }) => type);
    expect(new Set(types)).toEqual(new Set(['announced']));
    await vi.waitUntil(() => second.events.signalled.mock.calls.length === 60, { timeout: 8000 });
    expect(second.events.signalled.mock.calls.map(([, , , sealed]) => (sealed as Uint8Array)[0])).toEqual(
      Array.from({ length: 60 }, (_, sent) => sent),
    );
    expect(first.events.disconnected).not.toHaveBeenCalled();
  }, 20_000);

  test('row 25: a tracker that restarts knows nobody, and learns everything again from the clients', async () => {
    const former = await realServer();
    const clients = [1, 2, 3].map((number) => {
      const client = connect(former.port);
      const join = () => void client.tracker.announce(member(number));
      client.events.connected = (ice) => {
        client.greetings.push(ice);
        join();
      };
      return client;
    });
    await vi.waitUntil(() => clients.every(({ greetings }) => greetings.length === 1), { timeout: 5000 });
    const members = async (): Promise<number> => {
      const reply = await clients[0]!.tracker.announce({ ...member(1), event: 'update' });
      return reply.type === 'announced' ? reply.members.length : -1;
    };
    await vi.waitUntil(async () => (await members()) === 2);
    await former.drain();
    await vi.waitUntil(() => clients.every(({ events }) => events.disconnected.mock.calls.length > 0));
    expect(await members()).toBe(-1);

    const latter = await realServer({ PORT: String(former.port) });
    closing.push(() => latter.drain());
    await vi.waitUntil(() => clients.every(({ greetings }) => greetings.length === 2), { timeout: 15_000 });
    await vi.waitUntil(async () => (await members()) === 2);
    const [one, two] = clients;
    one!.tracker.signal(member(1).infoHash, member(1).peerId, member(2).peerId, new Uint8Array([7]));
    await vi.waitUntil(() => two!.events.signalled.mock.calls.length === 1);
  }, 30_000);

  test('row 25: a tracker that stays away leaves its clients trying', async () => {
    const former = await realServer();
    const { tracker, greetings, events } = connect(former.port);
    await vi.waitUntil(() => greetings.length === 1);
    await former.drain();
    await vi.waitUntil(() => events.disconnected.mock.calls.length > 1, { timeout: 10_000 });
    expect(await tracker.announce(announce)).toEqual({ type: 'unreachable' });
  }, 20_000);
});
