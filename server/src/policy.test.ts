import express from 'express';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createApp } from './http.ts';
import { headersFile, metaPolicy } from './policy.ts';

const server = createServer(
  express().use(
    createApp({
      page: 'no page',
      version: '0',
      uptime: () => 0,
      metrics: { text: () => Promise.resolve(''), contentType: 'text/plain' },
    }),
  ),
);
let headers: Headers;
beforeAll(async () => {
  server.listen(0);
  await once(server, 'listening');
  const address = server.address();
  headers = (await fetch(`http://localhost:${typeof address === 'object' ? address?.port : 0}/healthz`))
    .headers;
});
afterAll(() => server.close());

test('row 55: static hosts are told the headers that the server sends', () => {
  const [everywhere = ''] = headersFile().split('/assets/*');
  const told = everywhere.split('\n').filter((line) => line.startsWith('  '));
  expect(told.length).toBeGreaterThan(7);
  for (const line of told) {
    const [name = '', ...rest] = line.trim().split(': ');
    const same = (text: string) => text.replaceAll('; ', ';');
    expect(`${name}: ${same(rest.join(': '))}`).toBe(`${name}: ${same(headers.get(name) ?? '')}`);
  }
});

test('row 55: a meta tag says all of the policy that it can', () => {
  const sent = (headers.get('content-security-policy') ?? '').split(';');
  expect(metaPolicy().split('; ')).toEqual(
    sent.filter((directive) => !directive.startsWith('frame-ancestors')),
  );
});
