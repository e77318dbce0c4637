import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { text } from 'node:stream/consumers';
import { toBase64Url } from '@shoal/shared/base/bytes.ts';
import { infoHashOf, peerIdOf } from '@shoal/shared/base/ids.ts';
import pino from 'pino';
import { io } from 'socket.io-client';
import { describe, expect, test } from 'vitest';
import { type Config, parseConfig } from './config.ts';
import { startServer } from './server.ts';
import { listenStun } from './stun.ts';

function configOf(environment: Record<string, string>): Config {
  const parsed = parseConfig({ PORT: '0', HOST: '127.0.0.1', STUN_PORT: '0', ...environment });
  if (parsed.type === 'wrong') throw new Error(parsed.problem);
  return parsed.config;
}

function world(level = 'info') {
  const lines: string[] = [];
  const log = pino({ level }, { write: (line) => void lines.push(line) });
  return { lines, page: 'no page', version: '0', log };
}

test('one port serves health and tracker, and a drain ends both', async () => {
  const { lines, ...parts } = world();
  const server = await startServer(configOf({}), parts);
  const url = `http://127.0.0.1:${server.port}`;
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  const socket = io(url, { transports: ['websocket'], forceNew: true, reconnection: false });
  await new Promise((resolve) => socket.once('hello', resolve));
  socket.once('goodbye', () => socket.close());
  await Promise.all([server.drain(), server.drain()]);
  expect(socket.connected).toBe(false);
  await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  expect(lines).toEqual([]);
});

test('a STUN port that is taken costs a warning and nothing else', async () => {
  const stun = await listenStun(0, '127.0.0.1');
  const { lines, ...parts } = world();
  const server = await startServer(configOf({ STUN_PORT: String(stun.port) }), parts);
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain('no STUN');
  const socket = io(`http://127.0.0.1:${server.port}`, { transports: ['websocket'], forceNew: true });
  const hello = await new Promise((resolve) => socket.once('hello', resolve));
  expect(hello).toEqual({ version: 1, ice: [] });
  socket.close();
  stun.close();
  await server.drain();
});

test('an HTTP port that is taken is an error', async () => {
  const server = await startServer(configOf({}), world());
  await expect(startServer(configOf({ PORT: String(server.port) }), world())).rejects.toThrow('EADDRINUSE');
  await server.drain();
});

/** A client that speaks raw bytes, and never answers. */
async function rawClient(port: number, bytes: string): Promise<Socket> {
  const socket = connect(port, '127.0.0.1');
  await once(socket, 'connect');
  socket.write(bytes);
  return socket;
}

const UPGRADE = [
  'GET /socket.io/?EIO=4&transport=websocket HTTP/1.1',
  'Host: 127.0.0.1',
  'Connection: Upgrade',
  'Upgrade: websocket',
  'Sec-WebSocket-Version: 13',
  'Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==',
  '\r\n',
].join('\r\n');

describe('row 53: slow handshakes are cut, and counted', () => {
  test.each([
    ['nothing said', '', /^HTTP\/1.1 408/],
    ['half a head', 'GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ', /^HTTP\/1.1 408/],
    ['a WebSocket that never joins', UPGRADE, /^HTTP\/1.1 101/],
  ])('%s', async (_name, bytes, answer) => {
    const server = await startServer(configOf({}), { ...world(), handshakeTime: 200 });
    const socket = await rawClient(server.port, bytes);
    if (bytes === UPGRADE) socket.on('data', (data) => data.includes(0x88) && socket.end());
    expect(await text(socket)).toMatch(answer);
    const metrics = await (await fetch(`http://127.0.0.1:${server.port}/metrics`)).text();
    expect(metrics).toContain('shoal_refused_total{reason="slow-handshake"} 1');
    expect(metrics).toContain('shoal_sockets 0');
    await server.drain();
  });

  test('a hundred of them keep nobody out', async () => {
    const server = await startServer(configOf({}), { ...world(), limits: { clients: 40 } });
    const idle = await Promise.all(Array.from({ length: 100 }, () => rawClient(server.port, UPGRADE)));
    const silent = await Promise.all(Array.from({ length: 100 }, () => rawClient(server.port, '')));
    expect((await fetch(`http://127.0.0.1:${server.port}/healthz`)).status).toBe(200);
    const metrics = await (await fetch(`http://127.0.0.1:${server.port}/metrics`)).text();
    expect(Number(/^shoal_sockets (\d+)$/m.exec(metrics)?.[1])).toBeLessThanOrEqual(40);
    for (const socket of [...idle, ...silent]) socket.destroy();
    await server.drain();
  });
});

test('row 57: a client that answers nothing does not hold up a drain', async () => {
  const server = await startServer(configOf({}), world());
  const socket = await rawClient(server.port, UPGRADE);
  await once(socket, 'data');
  const started = performance.now();
  await server.drain();
  expect(performance.now() - started).toBeLessThan(5000);
  socket.destroy();
});

describe('row 56: the log', () => {
  const infoHash = infoHashOf(new Uint8Array(20).fill(0xab));
  const peerId = peerIdOf(new Uint8Array(20).fill(0xcd));
  const token = toBase64Url(new Uint8Array(32).fill(7));
  const check = toBase64Url(new Uint8Array(32).fill(9));
  const key = 'AYYW-yF2AWxOH71p1Ju6SUbM7uPmAAECAwQFBgcICQoLDA0OD8cI';
  const secret = 'a secret between us and TURN';

  /** All that clients do, well and badly, and what is logged meanwhile. */
  async function logOf(level: string): Promise<string> {
    const { lines, ...parts } = world(level);
    const environment = { TURN_URLS: 'turn:turn.example', TURN_SECRET: secret, TRUST_PROXY: '1' };
    const server = await startServer(configOf(environment), parts);
    const url = `http://127.0.0.1:${server.port}`;
    const headers = { 'x-forwarded-for': '192.0.2.77' };
    for (const path of ['/', `/${key}`, `/?${key}`, '/%', `/socket.io/?sid=${key}`])
      await fetch(url + path, { headers: { ...headers, referer: `${url}/#${key}` } });
    await fetch(`${url}/socket.io/?EIO=4&transport=polling`, {
      headers: { ...headers, origin: 'https://a.example' },
    });
    const socket = io(url, {
      transports: ['websocket'],
      forceNew: true,
      reconnection: false,
      extraHeaders: headers,
    });
    await new Promise((resolve) => socket.once('hello', resolve));
    const announce = { infoHash, peerId, token, event: 'started', seeder: true, check, wanted: 9 };
    await socket.emitWithAck('announce', announce);
    await socket.emitWithAck('announce', { ...announce, wanted: key });
    socket.emit('signal', { infoHash, from: peerId, to: peerId, sealed: new Uint8Array(4) });
    const gone = new Promise((resolve) => socket.once('disconnect', resolve));
    for (let said = 0; said < 500; said++) socket.emit('scrape', { infoHashes: [infoHash] });
    await gone;
    await server.drain();
    return lines.join('');
  }

  test('holds no key, link or address', async () => {
    expect(await logOf('info')).toBe('');
  });

  test('holds addresses where they are asked for, and still no key or link', async () => {
    const log = await logOf('trace');
    expect(log).toContain('192.0.2.77');
    for (const name of [infoHash, peerId, token, check, key, secret]) expect(log).not.toContain(name);
  });
});
