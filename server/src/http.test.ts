import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createApp } from './http.ts';
import { Metrics } from './metrics.ts';

let page: string;
let server: Server;
let origin: string;

beforeAll(async () => {
  page = await mkdtemp(join(tmpdir(), 'shoal-page-'));
  await mkdir(join(page, 'assets'));
  await writeFile(join(page, 'index.html'), '<!doctype html>');
  await writeFile(join(page, 'serviceWorker.js'), '');
  await writeFile(join(page, 'assets', 'index-DqS_a-91.js'), '');
  await writeFile(join(page, 'assets', 'plain.js'), '');
  await writeFile(join(page, '.stamp'), 'private');
  server = createServer(
    createApp({ page, version: '1.2.3', uptime: () => 7.2, metrics: new Metrics() }),
  ).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  origin = `http://127.0.0.1:${typeof address === 'object' ? address!.port : 0}`;
});

afterAll(async () => {
  server.close();
  await rm(page, { recursive: true });
});

const get = (path: string) => fetch(`${origin}${path}`, { redirect: 'manual' });

test('healthz', async () => {
  const response = await get('/healthz');
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ status: 'ok', version: '1.2.3', uptime: 7 });
});

test('metrics, as Prometheus reads them', async () => {
  const response = await get('/metrics');
  expect(response.headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
  expect(response.headers.get('cache-control')).toBe('no-store');
  expect(await response.text()).toContain('# TYPE shoal_announce_seconds histogram');
});

describe('row 55: every answer carries the strict headers', () => {
  const expected = {
    'content-security-policy':
      "default-src 'none';script-src 'self';style-src 'self';img-src 'self' data: blob:;font-src 'self';" +
      "connect-src 'self' wss: ws://localhost:* ws://127.0.0.1:*;worker-src 'self';manifest-src 'self';" +
      "frame-src 'self';base-uri 'none';form-action 'none';frame-ancestors 'none';" +
      "require-trusted-types-for 'script';trusted-types shoal",
    'referrer-policy': 'no-referrer',
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-resource-policy': 'same-origin',
    'x-content-type-options': 'nosniff',
    'x-frame-options': 'DENY',
    'permissions-policy':
      'accelerometer=(), camera=(), display-capture=(), geolocation=(), gyroscope=(), magnetometer=(), ' +
      'microphone=(), midi=(), payment=(), usb=()',
  };
  test.each(['/', '/serviceWorker.js', '/healthz', '/metrics', '/nowhere', '/%'])('%s', async (path) => {
    const { headers } = await get(path);
    expect(Object.fromEntries(headers)).toMatchObject(expected);
    expect(headers.get('x-powered-by')).toBeNull();
    expect(headers.get('strict-transport-security')).toBeNull();
  });
});

test.each([
  ['/', 'no-cache'],
  ['/index.html', 'no-cache'],
  ['/serviceWorker.js', 'no-cache'],
  ['/assets/plain.js', 'no-cache'],
  ['/assets/index-DqS_a-91.js', 'public, max-age=31536000, immutable'],
])('caching of %s', async (path, expected) => {
  const response = await get(path);
  expect(response.status).toBe(200);
  expect(response.headers.get('cache-control')).toBe(expected);
});

test.each([
  '/nowhere',
  '/assets',
  '/assets/',
  '/.stamp',
  '/%',
  '/%00',
  '/..%2f..%2fetc%2fpasswd',
  '/index.html/',
])('%s is not there', async (path) => {
  const response = await get(path);
  expect(response.status).toBe(404);
  expect(await response.text()).toBe('Not found\n');
});

test('a failing request gets no stack trace', async () => {
  const response = await fetch(origin, { headers: { range: 'bytes=999-' } });
  expect(response.status).toBe(416);
  expect(await response.text()).toBe('Not served\n');
});

test('nothing can be posted', async () => {
  const response = await fetch(origin, { method: 'POST', body: 'x' });
  expect(response.status).toBe(404);
});
