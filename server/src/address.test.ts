import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressOf, groupOf, type Traveller } from './address.ts';

const request = (remoteAddress: string, forwarded?: string): Traveller => ({
  headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
  socket: { remoteAddress },
});

describe('row 53: the address that limits count against', () => {
  test.each([
    ['no proxy', 0, '192.0.2.1', undefined, '192.0.2.1'],
    ['no proxy, and a client that says otherwise', 0, '192.0.2.1', '203.0.113.9', '192.0.2.1'],
    ['one proxy', 1, '10.0.0.1', '192.0.2.1', '192.0.2.1'],
    [
      'one proxy, and a client that wrote something before',
      1,
      '10.0.0.1',
      '203.0.113.9, 192.0.2.1',
      '192.0.2.1',
    ],
    ['two proxies', 2, '10.0.0.1', '203.0.113.9, 192.0.2.1, 10.0.0.2', '192.0.2.1'],
    ['fewer entries than proxies', 2, '10.0.0.1', '192.0.2.1', '192.0.2.1'],
    ['a proxy that says nothing', 1, '10.0.0.1', undefined, '10.0.0.1'],
    ['a proxy that says nonsense', 1, '10.0.0.1', 'unknown', '10.0.0.1'],
    ['a port after it', 1, '10.0.0.1', '192.0.2.1:4711', '192.0.2.1'],
    ['IPv4 seen through IPv6', 0, '::ffff:192.0.2.1', undefined, '192.0.2.1'],
    ['IPv6: the network', 1, '::1', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['IPv6, shortened, with a port', 1, '::1', '[2001:db8::1]:80', '2001:db8:0:0::/64'],
    ['IPv6, scoped', 0, 'fe80::1%eth0', undefined, 'fe80:0:0:0::/64'],
    ['a socket that is gone', 0, '', undefined, 'unknown'],
  ])('%s', (_name, trustProxy, remote, forwarded, expected) => {
    expect(addressOf(request(remote, forwarded), trustProxy)).toBe(expected);
  });

  test('what a client writes before the proxies changes nothing', () => {
    fc.assert(
      fc.property(fc.string(), fc.ipV4(), fc.integer({ min: 1, max: 3 }), (lie, address, hops) => {
        const proxies = Array.from({ length: hops - 1 }, (_, index) => `10.0.0.${index}`);
        const forwarded = [lie, address, ...proxies].join(', ');
        expect(addressOf(request('10.1.1.1', forwarded), hops)).toBe(address);
      }),
    );
  });

  test('all of one IPv6 network are one, and two networks are two', () => {
    const suffix = fc.stringMatching(/^[0-9a-f]{1,4}:[0-9a-f]{1,4}:[0-9a-f]{1,4}:[0-9a-f]{1,4}$/);
    fc.assert(
      fc.property(suffix, suffix, (one, two) => {
        expect(groupOf(`2001:db8:1:2:${one}`)).toBe(groupOf(`2001:db8:1:2:${two}`));
        expect(groupOf(`2001:db8:1:3:${one}`)).not.toBe(groupOf(`2001:db8:1:2:${two}`));
      }),
    );
  });

  test('whatever the text', () => {
    fc.assert(fc.property(fc.string(), (text) => void groupOf(text)));
  });
});
