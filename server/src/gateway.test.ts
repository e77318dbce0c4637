import { once } from 'node:events';
import { createServer } from 'node:http';
import { toBase64Url } from '@shoal/shared/base/bytes.ts';
import { infoHashOf, peerIdOf } from '@shoal/shared/base/ids.ts';
import { MAX_SEALED } from '@shoal/shared/tracker/limit.ts';
import pino, { type Logger } from 'pino';
import { io, type ManagerOptions, type Socket, type SocketOptions } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { DoorLimits } from './doorkeeper.ts';
import { type Gateway, openGateway } from './gateway.ts';
import { Metrics } from './metrics.ts';
import { secureRandom } from './secureRandom.ts';

const infoHash = infoHashOf(new Uint8Array(20).fill(1));
const [one, two] = [1, 2].map((number) => peerIdOf(new Uint8Array(20).fill(number)));

function announce(peerId = one, token = 1) {
  const event = 'started';
  return {
    infoHash,
    peerId,
    token: toBase64Url(new Uint8Array(32).fill(token)),
    event,
    seeder: false,
    check: '',
    wanted: 50,
  };
}

let gateway: Gateway;
let metrics: Metrics;
let port: number;
let clients: Socket[];

interface Options {
  allowedOrigins?: '*' | string[];
  trustProxy?: number;
  turnSecret?: string;
  limits?: Partial<DoorLimits>;
  log?: Logger;
}

async function open(options: Options = {}): Promise<void> {
  const { allowedOrigins = [], trustProxy = 0, turnSecret, limits = {} } = options;
  const http = createServer().listen(0, '127.0.0.1');
  await once(http, 'listening');
  const address = http.address();
  port = typeof address === 'object' ? address!.port : 0;
  metrics = new Metrics();
  gateway = openGateway({
    http,
    config: {
      allowedOrigins,
      trustProxy,
      stunUrls: ['stun:stun.example'],
      turnUrls: ['turn:turn.example'],
      turnSecret,
    },
    stunPort: 3478,
    now: () => performance.now(),
    today: () => 1_700_000_000_000,
    random: secureRandom,
    metrics,
    limits,
    handshakeTime: 10_000,
    log: options.log ?? pino({ level: 'silent' }),
  });
}

function connect(options: Partial<ManagerOptions & SocketOptions> = {}): Socket {
  const socket = io(`http://127.0.0.1:${port}`, {
    forceNew: true,
    transports: ['websocket'],
    reconnection: false,
    ...options,
  });
  clients.push(socket);
  return socket;
}

async function connected(options?: Partial<ManagerOptions & SocketOptions>): Promise<Socket> {
  const socket = connect(options);
  await new Promise((resolve) => socket.once('hello', resolve));
  return socket;
}

const ask = (socket: Socket, event: string, payload: unknown): Promise<unknown> =>
  socket.timeout(10_000).emitWithAck(event, payload);

beforeEach(async () => {
  clients = [];
  await open();
});

afterEach(async () => {
  for (const client of clients) client.close();
  await gateway.drain();
});

test('greets with its own STUN under the name it was reached by', async () => {
  const hello = await new Promise((resolve) => connect().once('hello', resolve));
  expect(hello).toEqual({
    version: 1,
    ice: [{ urls: ['stun:127.0.0.1:3478'] }, { urls: ['stun:stun.example'] }],
  });
});

test.each([['websocket'], ['polling']])(
  'two clients find each other and signal over %s',
  async (transport) => {
    const first = await connected({ transports: [transport] });
    const second = await connected({ transports: [transport] });
    await ask(first, 'announce', announce(one, 1));
    expect(await ask(second, 'announce', announce(two, 2))).toMatchObject({
      type: 'announced',
      members: [{ peerId: one, check: '', seeder: false }],
    });
    const received = new Promise((resolve) => first.once('signal', resolve));
    second.emit('signal', { infoHash, from: two, to: one, sealed: new Uint8Array([1, 2, 3]) });
    expect(await received).toEqual({ infoHash, from: two, to: one, sealed: Buffer.from([1, 2, 3]) });
  },
);

test('scrape', async () => {
  const socket = await connected();
  await ask(socket, 'announce', announce());
  expect(await ask(socket, 'scrape', { infoHashes: [infoHash] })).toEqual({
    type: 'scraped',
    swarms: [{ infoHash, seeders: 0, leechers: 1 }],
  });
});

test('a wrong token is told that the id is taken', async () => {
  const first = await connected();
  const second = await connected();
  await ask(first, 'announce', announce(one, 1));
  expect(await ask(second, 'announce', announce(one, 2))).toEqual({ type: 'id-taken' });
});

test('a client that is gone is handed out no more', async () => {
  const first = await connected();
  const second = await connected();
  await ask(first, 'announce', announce(one, 1));
  first.close();
  await vi.waitUntil(async () => {
    const scraped = await ask(second, 'scrape', { infoHashes: [infoHash] });
    return JSON.stringify(scraped).includes('"leechers":0');
  });
  expect(await ask(second, 'announce', announce(two, 2))).toMatchObject({ members: [] });
});

describe('what is malformed hurts nobody', () => {
  test('is refused with the reason', async () => {
    const socket = await connected();
    expect(await ask(socket, 'announce', { ...announce(), peerId: '__proto__' })).toEqual({
      type: 'refused',
      reason: 'peerId: expected a peer id of 40 hexadecimal digits',
    });
    expect(await ask(socket, 'scrape', null)).toMatchObject({ type: 'refused' });
  });

  test('strange events, missing and false acknowledgements are survived', async () => {
    const socket = await connected();
    socket.emit('announce', announce());
    socket.emit('announce', announce(), 'no function');
    socket.emit('announce');
    socket.emit('signal', { infoHash, from: one, to: two, sealed: 'text' });
    for (const event of ['error', '__proto__', 'constructor', 'hello']) socket.emit(event, {});
    expect(await ask(socket, 'announce', announce())).toMatchObject({ type: 'announced', leechers: 1 });
  });

  test('a signal over 32 KiB is dropped, the next one is not', async () => {
    const socket = await connected();
    const other = await connected();
    await ask(socket, 'announce', announce(one, 1));
    await ask(other, 'announce', announce(two, 2));
    const received = new Promise<{ sealed: Buffer }>((resolve) => other.once('signal', resolve));
    for (const length of [MAX_SEALED + 1, MAX_SEALED])
      socket.emit('signal', { infoHash, from: one, to: two, sealed: new Uint8Array(length) });
    expect((await received).sealed).toHaveLength(MAX_SEALED);
  });

  test.each([
    ['text', 'x'.repeat(65 * 1024)],
    ['binary', new Uint8Array(65 * 1024)],
  ])('row 53: a %s message over 64 KiB ends the connection, and only that one', async (_kind, payload) => {
    const other = await connected();
    const socket = await connected();
    const ended = new Promise((resolve) => socket.once('disconnect', resolve));
    socket.emit('signal', payload);
    await ended;
    expect(await refusals()).toEqual({ 'too-large': 1 });
    expect(await ask(other, 'announce', announce())).toMatchObject({ type: 'announced' });
  });
});

test('what a client does not take is dropped, and it is well again once it does', async () => {
  await gateway.drain();
  await open({ limits: { messages: { rate: 1e6, burst: 1e6 } } });
  const sender = await connected();
  const receiver = await connected();
  await ask(sender, 'announce', announce(one, 1));
  await ask(receiver, 'announce', announce(two, 2));
  const { pause, resume } = flow(receiver);
  let received = 0;
  receiver.on('signal', () => received++);
  const signal = (length: number) => ({ infoHash, from: one, to: two, sealed: new Uint8Array(length) });
  pause();
  for (let sent = 0; sent < 1000; sent++) sender.emit('signal', signal(MAX_SEALED));
  await ask(sender, 'announce', announce(one, 1));
  resume();
  await ask(receiver, 'announce', announce(two, 2));
  expect(received).toBeGreaterThan(0);
  expect(received).toBeLessThan(1000);
  const last = new Promise<{ sealed: Buffer }>((resolve) => receiver.once('signal', resolve));
  sender.emit('signal', signal(7));
  expect((await last).sealed).toHaveLength(7);
});

/** Of the client's WebSocket, which socket.io keeps to itself. */
function flow(socket: Socket): { pause: () => void; resume: () => void } {
  const webSocket = Reflect.get(socket.io.engine.transport, 'ws') as { pause(): void; resume(): void };
  return { pause: () => webSocket.pause(), resume: () => webSocket.resume() };
}

describe('row 52: origins', () => {
  const attempt = (origin: string, transport: string) =>
    new Promise((resolve) => {
      const socket = connect({ extraHeaders: { origin }, transports: [transport] });
      socket.once('hello', () => resolve('greeted'));
      socket.once('connect_error', () => resolve('refused'));
    });

  describe.each(['websocket', 'polling'])('over %s', (transport) => {
    test('our own page and no page at all, by default', async () => {
      expect(await attempt(`http://127.0.0.1:${port}`, transport)).toBe('greeted');
      expect(await attempt('https://foreign.example', transport)).toBe('refused');
      expect(await refusals()).toEqual({ origin: 1 });
    });

    test('any, when so configured', async () => {
      await gateway.drain();
      await open({ allowedOrigins: '*' });
      expect(await attempt('https://foreign.example', transport)).toBe('greeted');
    });
  });

  test('a foreign page is told so, and a browser keeps the answer from it', async () => {
    const url = `http://127.0.0.1:${port}/socket.io/?EIO=4&transport=polling`;
    const response = await fetch(url, { headers: { origin: 'https://foreign.example' } });
    expect(response.status).toBe(403);
    expect(await response.json()).toMatchObject({ message: 'this page may not use this tracker' });
    expect(response.headers.get('access-control-allow-origin')).toBeNull();
  });
});

describe('row 26, row 53: a flood', () => {
  const flood = {
    announces: (socket: Socket) => void socket.emit('announce', announce(two, 2), () => undefined),
    signals: (socket: Socket) =>
      void socket.emit('signal', { infoHash, from: two, to: one, sealed: new Uint8Array(9) }),
    scrapes: (socket: Socket) => void socket.emit('scrape', { infoHashes: [infoHash] }),
    'events of no meaning': (socket: Socket) => void socket.emit('nonsense', {}),
  };

  test.each(Object.entries(flood))(
    'of %s is refused, told why, and cut; others notice nothing',
    async (_, say) => {
      const [flooder, neighbour] = [await connected(), await connected()];
      await ask(neighbour, 'announce', announce(one, 1));
      await ask(flooder, 'announce', announce(two, 2));
      const told = new Promise((resolve) => flooder.once('refused', resolve));
      const cut = new Promise((resolve) => flooder.once('disconnect', resolve));
      for (let said = 0; said < 1000; said++) say(flooder);
      const meanwhile = ask(neighbour, 'scrape', { infoHashes: [infoHash] });
      expect(await told).toEqual({ type: 'refused', reason: 'too many messages' });
      await cut;
      expect(await meanwhile).toMatchObject({ type: 'scraped' });
      expect(await ask(neighbour, 'announce', announce(one, 1))).toMatchObject({ type: 'announced' });
      expect(neighbour.connected).toBe(true);
      expect(await refusals()).toEqual({ rate: 50, flood: 1 });
    },
  );

  test('what is over the limit gets its refusal before the cut', async () => {
    const flooder = await connected();
    const replies = Array.from({ length: 180 }, () => ask(flooder, 'announce', announce(one, 1)));
    const kinds = (await Promise.all(replies)).map((reply) => (reply as { type: string }).type);
    expect(new Set(kinds)).toEqual(new Set(['announced', 'refused']));
    expect(flooder.connected).toBe(true);
  });

  test('of what comes before joining is cut too', async () => {
    const socket = connect({ autoConnect: false });
    socket.io.once('open', () => {
      for (let said = 0; said < 1000; said++) socket.io.engine.write('41/nowhere,');
    });
    const cut = new Promise((resolve) => socket.io.once('close', resolve));
    socket.connect();
    await cut;
    expect(await ask(await connected(), 'announce', announce())).toMatchObject({ type: 'announced' });
  });

  test('makes newcomers of the same address wait, and no others', async () => {
    await gateway.drain();
    await open({ trustProxy: 1 });
    const from = (address: string) => ({ extraHeaders: { 'x-forwarded-for': address } });
    const flooder = await connected(from('192.0.2.1'));
    const cut = new Promise((resolve) => flooder.once('disconnect', resolve));
    for (let said = 0; said < 1000; said++) flood.scrapes(flooder);
    await cut;
    const order: string[] = [];
    await Promise.all(
      ['192.0.2.1', '192.0.2.2'].map(async (address) => {
        await connected(from(address));
        order.push(address);
      }),
    );
    expect(order).toEqual(['192.0.2.2', '192.0.2.1']);
  });
});

describe('row 53: many connections', () => {
  const attempt = (forwarded: string) =>
    new Promise<string>((resolve) => {
      const socket = connect({ extraHeaders: { 'x-forwarded-for': forwarded } });
      socket.once('hello', () => resolve('greeted'));
      socket.once('connect_error', () => resolve('refused'));
    });
  const attempts = async (forwarded: readonly string[]) => {
    const results = [];
    for (const address of forwarded) results.push(await attempt(address));
    return results.join(' ');
  };
  const limits = { arrivals: { rate: 0.001, burst: 2 } };

  test('of one address are refused, and another gets in: behind a proxy', async () => {
    await gateway.drain();
    await open({ trustProxy: 1, limits });
    expect(await attempts(['192.0.2.1', '192.0.2.1', '192.0.2.1', '192.0.2.2'])).toBe(
      'greeted greeted refused greeted',
    );
    expect(await refusals()).toEqual({ 'address-rate': 1 });
  });

  test('a client that writes addresses before the proxy does, or without one, gains nothing', async () => {
    await gateway.drain();
    await open({ trustProxy: 1, limits });
    expect(await attempts(['1.1.1.1, 192.0.2.1', '2.2.2.2, 192.0.2.1', '3.3.3.3, 192.0.2.1'])).toBe(
      'greeted greeted refused',
    );
    await gateway.drain();
    await open({ trustProxy: 0, limits });
    expect(await attempts(['1.1.1.1', '2.2.2.2', '3.3.3.3'])).toBe('greeted greeted refused');
  });

  test('more idle ones than there are places: bounded, with room for others and for the next one', async () => {
    await gateway.drain();
    await open({ trustProxy: 1, limits: { clients: 40 } });
    const greedy = await attempts(Array<string>(30).fill('192.0.2.1'));
    expect(greedy.split(' ').filter((result) => result === 'greeted')).toHaveLength(10);
    expect(await attempts(['192.0.2.2', '192.0.2.3'])).toBe('greeted greeted');
    expect(await metrics.text()).toContain('shoal_sockets 12\n');
    clients[0]!.close();
    await vi.waitUntil(async () => (await attempt('192.0.2.1')) === 'greeted');
  });
});

test('row 54: TURN credentials in the greeting, and fresh ones in time', async () => {
  await gateway.drain();
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  try {
    await open({ turnSecret: 'north' });
    const socket = connect();
    const hello = await new Promise<{ ice: unknown[] }>((resolve) => socket.once('hello', resolve));
    const credentials = { username: '1700003600', credential: 'xF4I6gruVt/PjGbjajGu2UlidPk=' };
    expect(hello.ice.at(-1)).toEqual({ urls: ['turn:turn.example'], ...credentials });
    const renewed = new Promise((resolve) => socket.once('ice', resolve));
    vi.advanceTimersByTime(30 * 60_000);
    expect(await renewed).toEqual({ ice: hello.ice });
  } finally {
    vi.useRealTimers();
  }
});

test('metrics tell what goes on, and name nobody', async () => {
  const [first, second] = [await connected(), await connected()];
  await ask(first, 'announce', { ...announce(one, 1), seeder: true });
  await ask(second, 'announce', announce(two, 2));
  await ask(second, 'announce', announce(one, 2));
  await ask(second, 'announce', {});
  const received = new Promise((resolve) => first.once('signal', resolve));
  second.emit('signal', { infoHash, from: two, to: one, sealed: new Uint8Array([1]) });
  second.emit('signal', { infoHash, from: one, to: one, sealed: new Uint8Array([1]) });
  await received;
  await ask(second, 'scrape', { infoHashes: [] });
  const text = await metrics.text();
  for (const line of [
    'shoal_sockets 2',
    'shoal_swarms 1',
    'shoal_members{role="seeder"} 1',
    'shoal_members{role="leecher"} 1',
    'shoal_announces_total{result="announced"} 2',
    'shoal_announces_total{result="id-taken"} 1',
    'shoal_announces_total{result="refused"} 1',
    'shoal_announce_seconds_count 4',
    'shoal_signals_relayed_total 1',
    'shoal_refused_total{reason="malformed"} 1',
    'shoal_refused_total{reason="not-member"} 1',
  ])
    expect(text).toContain(`${line}\n`);
  expect(text).toContain('process_resident_memory_bytes');
  for (const name of [infoHash, one, two, '127.0.0.1']) expect(text).not.toContain(name);
});

/** Of each reason, how often something was refused. */
async function refusals(): Promise<Record<string, number>> {
  const lines = (await metrics.text()).matchAll(/^shoal_refused_total\{reason="(.*)"\} (\d+)$/gm);
  return Object.fromEntries(
    [...lines].map(([, reason = '', count]): [string, number] => [reason, Number(count)]),
  );
}

test('a drain says goodbye, ends the connections and takes no new ones', async () => {
  const socket = await connected();
  const goodbye = new Promise((resolve) => socket.once('goodbye', resolve));
  const lost = new Promise((resolve) => socket.once('disconnect', resolve));
  const draining = gateway.drain();
  expect(await goodbye).toEqual({ within: 2000 });
  expect(await lost).toBe('transport close');
  await draining;
  const error = await new Promise((resolve) => connect().once('connect_error', resolve));
  expect(error).toBeInstanceOf(Error);
});
