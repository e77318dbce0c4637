import { createSocket, type Socket } from 'node:dgram';
import { once } from 'node:events';
import { existsSync, readFileSync } from 'node:fs';
import { expect, test } from 'playwright/test';
import { type LineSettings, megabits } from '../../support/network/line.ts';
import { Pipe } from '../../support/network/pipe.ts';
import { seededRandom } from '../../support/network/random.ts';
import { RelayProcess } from '../../support/network/relayProcess.ts';

const PACKET = 1200;
const RATE = megabits(40);
const UDP_TABLE = '/proc/net/udp';

/** Two sockets, each on a line of its own, who see each other through the relay only. */
class Pair {
  readonly relay: RelayProcess;
  readonly #ends: readonly [Socket, Socket];
  readonly #stands: readonly [number, number];

  private constructor(
    relay: RelayProcess,
    ends: readonly [Socket, Socket],
    stands: readonly [number, number],
  ) {
    this.relay = relay;
    this.#ends = ends;
    this.#stands = stands;
  }

  static async start(settings: LineSettings): Promise<Pair> {
    const relay = await RelayProcess.start(1);
    await relay.ask({ type: 'line', line: 0, settings });
    await relay.ask({ type: 'line', line: 1, settings: {} });
    const ends = [await newSocket(), await newSocket()] as const;
    return new Pair(relay, ends, [await standFor(relay, 0, ends[0]), await standFor(relay, 1, ends[1])]);
  }

  /** @param stand of the other end, unless it is another's. */
  send(stand = this.#stands[1]): void {
    this.#ends[0].send(Buffer.alloc(PACKET), stand, '127.0.0.1');
  }

  received(listener: (bytes: number) => void): void {
    this.#ends[1].on('message', (data) => listener(data.length));
  }

  /** Milliseconds there and back. */
  async ping(): Promise<number> {
    const [near, far] = this.#ends;
    const started = performance.now();
    far.once('message', (data) => far.send(data, this.#stands[0], '127.0.0.1'));
    this.send();
    await once(near, 'message');
    return performance.now() - started;
  }

  async stop(): Promise<void> {
    for (const end of this.#ends) end.close();
    await this.relay.stop();
  }
}

async function newSocket(recvBufferSize = 4_000_000): Promise<Socket> {
  const socket = createSocket({ type: 'udp4', recvBufferSize });
  socket.bind(0, '127.0.0.1');
  await once(socket, 'listening');
  return socket;
}

async function standFor(relay: RelayProcess, line: number, socket: Socket): Promise<number> {
  const { port } = socket.address();
  return Number(await relay.ask({ type: 'stand', line, address: '127.0.0.1', port }));
}

/** Sends somewhat more than the rate for so long; resolves with the bytes a second that arrived meanwhile. */
async function flood(pair: Pair, milliseconds: number): Promise<number> {
  const arrivals: { readonly at: number; readonly bytes: number }[] = [];
  pair.received((bytes) => arrivals.push({ at: performance.now(), bytes }));
  const started = performance.now();
  let sent = 0;
  await new Promise<void>((resolve) => {
    const timer = setInterval(() => {
      const elapsed = performance.now() - started;
      for (; sent < (elapsed / 1000) * RATE * 1.3; sent += PACKET) pair.send();
      if (elapsed < milliseconds) return;
      clearInterval(timer);
      resolve();
    }, 1);
  });
  const [first, last] = [arrivals[0], arrivals.at(-1)];
  const bytes = arrivals.slice(1).reduce((sum, arrival) => sum + arrival.bytes, 0);
  return bytes / ((last!.at - first!.at) / 1000);
}

async function withPair(settings: LineSettings, use: (pair: Pair) => Promise<void>): Promise<void> {
  const pair = await Pair.start(settings);
  try {
    await use(pair);
  } finally {
    await pair.stop();
  }
}

test('a pipe takes a packet each time that its rate allows, and drops what its queue cannot hold', () => {
  const limit = { bytesPerSecond: 1_000_000, queueBytes: 3000 };
  const pipe = new Pipe<number>({ limit, delay: 25, loss: 0 }, () => 0);
  const entries = [0, 1, 2, 3].map((packet) => pipe.enter(0, 1000, packet));
  expect(entries).toEqual(['taken', 'taken', 'taken', 'full']);
  expect(pipe.enter(1, 1000, 4)).toBe('taken');
  const left: (readonly [number, number])[] = [];
  for (let now = pipe.nextDue; now < Infinity; now = pipe.nextDue) left.push([now, pipe.leave(now)!]);
  expect(left).toEqual([
    [26, 0],
    [27, 1],
    [28, 2],
    [29, 4],
  ]);
});

test('a pipe loses the share of packets that it should, the same ones with the same seed', () => {
  const losses = (seed: number) => {
    const pipe = new Pipe<number>({ limit: undefined, delay: 0, loss: 0.01 }, seededRandom(seed));
    return Array.from({ length: 100_000 }, (_, packet) => pipe.enter(packet, PACKET, packet) === 'lost');
  };
  expect(losses(7).filter((lost) => lost).length).toBeGreaterThan(900);
  expect(losses(7).filter((lost) => lost).length).toBeLessThan(1100);
  expect(losses(7)).toEqual(losses(7));
  expect(losses(7)).not.toEqual(losses(8));
});

for (const roundTrip of [20, 50])
  test(`a round trip over a line of ${roundTrip} ms takes so long`, async () => {
    await withPair({ roundTrip }, async (pair) => {
      const pings: number[] = [];
      for (let ping = 0; ping < 20; ping++) pings.push(await pair.ping());
      console.log(`${roundTrip} ms: ${Math.min(...pings).toFixed(1)} to ${Math.max(...pings).toFixed(1)}`);
      // A busy machine adds to some of them, and nothing takes away.
      expect(Math.min(...pings)).toBeGreaterThan(roundTrip - 2);
      expect(Math.min(...pings)).toBeLessThan(roundTrip + 2);
    });
  });

test('40 Mbit/s come through at 40 Mbit/s when more is sent, and the queue drops the rest', async () => {
  await withPair({ roundTrip: 20, up: RATE }, async (pair) => {
    // A busy machine may stand still for longer than the queue lasts.
    await expect.poll(async () => (await flood(pair, 500)) / RATE, { intervals: [0] }).toBeGreaterThan(0.98);
    const { passed, passedBytes, full, lost, blocked } = await pair.relay.counts();
    expect(passedBytes).toBe(passed * PACKET);
    expect(full).toBeGreaterThan(0);
    expect([lost, blocked]).toEqual([0, 0]);
  });
});

test('nothing comes over a blocked line, nor from an address that was given up', async () => {
  await withPair({}, async (pair) => {
    await pair.ping();
    await pair.relay.ask({ type: 'line', line: 0, settings: { blocked: true } });
    pair.send();
    await expect.poll(async () => (await pair.relay.counts()).blocked).toBe(1);
    await pair.relay.ask({ type: 'line', line: 0, settings: {} });
    await pair.ping();
    await pair.relay.ask({ type: 'forget', line: 0 });
    pair.send();
    await expect.poll(async () => (await pair.relay.counts()).blocked).toBe(2);
    expect((await pair.relay.counts()).passed).toBe(4);
  });
});

test('what the kernel drops is counted, also when the socket is gone', async () => {
  test.skip(!existsSync(UDP_TABLE), 'only Linux tells what the kernel drops');
  await withPair({}, async (pair) => {
    const small = await newSocket(1);
    const stand = await standFor(pair.relay, 1, small);
    for (let packet = 0; packet < 100; packet++) pair.send(stand);
    // What was sent leaves before this process stands still, so that nobody reads.
    await new Promise((resolve) => setImmediate(() => setImmediate(resolve)));
    for (const deadline = performance.now() + 10_000; dropsAt(small) === 0;)
      expect(performance.now()).toBeLessThan(deadline);
    await expect.poll(async () => (await pair.relay.counts()).kernelAtPages).toBeGreaterThan(0);
    small.close();
    expect((await pair.relay.counts()).kernelAtPages).toBeGreaterThan(0);
  });
});

function dropsAt(socket: Socket): number {
  const place = `:${socket.address().port.toString(16).toUpperCase().padStart(4, '0')} `;
  const line = readFileSync(UDP_TABLE, 'utf8')
    .split('\n')
    .find((one) => one.includes(place));
  return Number(line?.trim().split(/\s+/).at(-1));
}
