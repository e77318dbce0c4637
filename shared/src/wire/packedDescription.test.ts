import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toBase64Url } from '../base/bytes.ts';
import { checkDescription } from './description.ts';
import { addressBytes, addressText } from './packedAddress.ts';
import { packDescription, unpackDescription } from './packedDescription.ts';

const print = Array.from({ length: 32 }, (_, place) => (place * 7).toString(16).padStart(2, '0').slice(-2));

/** As Chromium writes it, with candidates at its end. */
function chromium(setup: string, ...candidates: readonly string[]): string {
  const lines = [
    'v=0',
    'o=- 4611731400430051336 2 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    'a=group:BUNDLE 0',
    'a=extmap-allow-mixed',
    'a=msid-semantic: WMS',
    'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
    'c=IN IP4 0.0.0.0',
    'a=ice-ufrag:rS5t',
    'a=ice-pwd:aB3+/cD4eF5gH6iJ7kL8mN9o',
    'a=ice-options:trickle',
    `a=fingerprint:sha-256 ${print.join(':').toUpperCase()}`,
    `a=setup:${setup}`,
    'a=mid:0',
    'a=sctp-port:5000',
    'a=max-message-size:262144',
    ...candidates,
  ];
  return `${lines.join('\r\n')}\r\n`;
}

const CANDIDATES = [
  'a=candidate:2706108158 1 udp 2113937151 1d1e5a6f-8c6b-4b1a-9d3a-0123456789ab.local 54321 typ host generation 0 ufrag rS5t network-cost 999',
  'a=candidate:842163049 1 udp 1677729535 203.0.113.7 61000 typ srflx raddr 0.0.0.0 rport 0 generation 0 ufrag rS5t',
  'a=candidate:1 1 udp 2122260223 2001:db8::1:0:7 50000 typ host generation 0',
  'a=candidate:2 1 UDP 41885439 198.51.100.2 3478 typ relay raddr 203.0.113.7 rport 61000',
];

describe('a packed description', () => {
  test('asks for the same connection as the one it was made of', () => {
    const packed = packDescription({ type: 'offer', sdp: chromium('actpass', ...CANDIDATES) });
    const sdp = unpackDescription('offer', packed!)?.sdp ?? '';
    expect(checkDescription(sdp)).toEqual(checkDescription(chromium('actpass')));
    for (const line of [
      'a=ice-ufrag:rS5t',
      'a=ice-pwd:aB3+/cD4eF5gH6iJ7kL8mN9o',
      'a=setup:actpass',
      'a=mid:0',
    ])
      expect(sdp).toContain(`${line}\r\n`);
    expect(sdp).toContain('a=max-message-size:262144\r\n');
    expect(sdp.match(/^a=candidate:.*$/gm)).toEqual([
      'a=candidate:1 1 udp 2113937151 1d1e5a6f-8c6b-4b1a-9d3a-0123456789ab.local 54321 typ host',
      'a=candidate:2 1 udp 1677729535 203.0.113.7 61000 typ srflx raddr 0.0.0.0 rport 0',
      'a=candidate:3 1 udp 2122260223 2001:db8:0:0:0:1:0:7 50000 typ host',
      'a=candidate:4 1 udp 41885439 198.51.100.2 3478 typ relay raddr 0.0.0.0 rport 0',
    ]);
  });

  test.each(['active', 'passive'])('keeps which end of the answer is %s', (setup) => {
    const packed = packDescription({ type: 'answer', sdp: chromium(setup) });
    expect(unpackDescription('answer', packed!)?.sdp).toContain(`a=setup:${setup}\r\n`);
  });

  test('fits into a code, however many candidates there are', () => {
    const many = Array.from(
      { length: 40 },
      (_, place) => `a=candidate:${place} 1 udp ${place} 2001:db8::${place} 50000 typ host`,
    );
    const packed = packDescription({ type: 'offer', sdp: chromium('actpass', ...many) });
    expect(toBase64Url(packed!).length).toBeLessThan(400);
  });

  test('over TCP, with addresses of another kind or beyond the limits a candidate is left out', () => {
    const sdp = chromium(
      'actpass',
      'a=candidate:1 1 tcp 1 192.0.2.1 9 typ host tcptype active',
      'a=candidate:1 1 udp 1 host.example 9 typ host',
      'a=candidate:1 1 udp 99999999999 192.0.2.1 9 typ host',
      'a=candidate:1 1 udp 1 192.0.2.1 70000 typ host',
      'a=candidate:1 1 udp 1 192.0.2.256 7 typ host',
    );
    expect(unpackDescription('offer', packDescription({ type: 'offer', sdp })!)?.sdp).not.toContain(
      'candidate',
    );
  });

  test.each([
    ['without credentials', chromium('actpass').replace('a=ice-ufrag', 'a=x')],
    ['with another hash', chromium('actpass').replace('sha-256', 'sha-512')],
    ['with two fingerprints', chromium('actpass') + `a=fingerprint:sha-256 ${print.join(':')}\r\n`],
  ])('one %s is not packed', (_, sdp) => {
    expect(packDescription({ type: 'offer', sdp })).toBeUndefined();
  });

  test('any bytes, and any packed ones with a byte changed, are refused or make a description that passes', () => {
    const valid = packDescription({ type: 'offer', sdp: chromium('actpass', ...CANDIDATES) })!;
    const changed = fc
      .tuple(fc.nat({ max: valid.length - 1 }), fc.nat({ max: 255 }))
      .map(([place, byte]) => valid.map((old, index) => (index === place ? byte : old)));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 200 }), changed), (bytes) => {
        const made = unpackDescription('offer', new Uint8Array(bytes));
        if (made !== undefined) expect(checkDescription(made.sdp).type).toBe('ok');
      }),
      { numRuns: 1000 },
    );
  });
});

test('addresses come out as they went in', () => {
  fc.assert(
    fc.property(
      fc.constantFrom('ipv4' as const, 'ipv6' as const, 'mdns' as const),
      fc.infiniteStream(fc.nat(255)),
      (type, stream) => {
        const bytes = Uint8Array.from({ length: type === 'ipv4' ? 4 : 16 }, () =>
          Number(stream.next().value),
        );
        expect(addressBytes(addressText({ type, bytes }))).toEqual({ type, bytes });
      },
    ),
  );
  for (const wrong of ['', '1.2.3', '1:2', '::1::', '12345::', 'x.local', '1:2:3:4:5:6:7:8:9'])
    expect(addressBytes(wrong)).toBeUndefined();
  expect(addressText(addressBytes('fe80::')!)).toBe('fe80:0:0:0:0:0:0:0');
});
