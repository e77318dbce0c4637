import { expect, test } from 'vitest';
import { admits, hostnameOf, hostOf } from './origin.ts';

test.each([
  ['no Origin header', [], undefined, 'a.example', true],
  ['our own page', [], 'https://a.example', 'a.example', true],
  ['our own page on a port', [], 'http://a.example:8080', 'a.example:8080', true],
  ['our host on another port', [], 'http://a.example:9000', 'a.example:8080', false],
  ['a foreign page', [], 'https://b.example', 'a.example', false],
  ['a name that merely begins alike', [], 'https://a.example.evil.example', 'a.example', false],
  ['a sandboxed page', [], 'null', 'a.example', false],
  ['nonsense', [], '://', 'a.example', false],
  ['a listed page', ['https://b.example'], 'https://b.example', 'a.example', true],
  ['our own page beside a list', ['https://b.example'], 'https://a.example', 'a.example', true],
  ['a listed host without TLS', ['https://b.example'], 'http://b.example', 'a.example', false],
  ['anybody', '*' as const, 'null', 'a.example', true],
])('%s', (_name, allowed, origin, host, admitted) => expect(admits(allowed, origin, host)).toBe(admitted));

test('the host is what the browser sees', () => {
  const headers = { host: 'inner:8080', 'x-forwarded-host': 'Share.example, middle' };
  expect(hostOf({ headers }, 0)).toBe('inner:8080');
  expect(hostOf({ headers }, 1)).toBe('share.example');
  expect(hostOf({ headers: { host: 'a.example' } }, 1)).toBe('a.example');
  expect(hostOf({ headers: {} }, 1)).toBeUndefined();
});

test('host names', () => {
  expect(hostnameOf('a.example:8080')).toBe('a.example');
  expect(hostnameOf('[::1]:8080')).toBe('[::1]');
  expect(hostnameOf(undefined)).toBeUndefined();
  expect(hostnameOf('a b')).toBeUndefined();
});
