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
    const events = {
      connected: (ice: readonly IceServer[]) => void greetings.push(ice),
      disconnected: vi.fn(),
      signalled: vi.fn(),
    };
    const tracker = connectTracker({ url: `http://localhost:${port}/anything`, random: eager, events });
    closing.push(() => tracker.close());
    return { tracker, greetings, events };
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
});
