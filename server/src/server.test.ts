import pino from 'pino';
import { io } from 'socket.io-client';
import { expect, test } from 'vitest';
import { type Config, parseConfig } from './config.ts';
import { startServer } from './server.ts';
import { listenStun } from './stun.ts';

function configOf(environment: Record<string, string>): Config {
  const parsed = parseConfig({ PORT: '0', HOST: '127.0.0.1', STUN_PORT: '0', ...environment });
  if (parsed.type === 'wrong') throw new Error(parsed.problem);
  return parsed.config;
}

function world() {
  const lines: string[] = [];
  const log = pino({ level: 'info' }, { write: (line) => void lines.push(line) });
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
