import { createCipheriv } from 'node:crypto';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Bytes, fromHex, toHex, toUtf8 } from '../base/bytes.ts';
import { infoHashOf, peerIdOf } from '../base/ids.ts';
import type { Random } from '../base/random.ts';
import { nobleCrypto as crypto } from '../platform/nobleCrypto.ts';
import type { Envelope } from './envelope.ts';
import { MAX_SIGNAL } from './limits.ts';
import { openSignal, sealSignal } from './sealedSignal.ts';

const key = Uint8Array.from({ length: 32 }, (_, index) => 0x20 + index);
const random: Random = { next: () => 0, bytes: (length) => new Uint8Array(length).fill(0x0c) };
const route = {
  infoHash: infoHashOf(new Uint8Array(20).fill(0x11)),
  from: peerIdOf(new Uint8Array(20).fill(0xaa)),
  to: peerIdOf(new Uint8Array(20).fill(0xbb)),
};
const offerId = Uint8Array.of(1, 2, 3, 4, 5, 6, 7, 8);
const sdp = [
  'v=0',
  'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
  `a=fingerprint:sha-256 ${new Array(32).fill('4A').join(':')}`,
  '',
].join('\r\n');
const last: Envelope = { lane: 0, signal: { type: 'candidate', candidate: '', mid: '0', line: 0 } };
const seal = (envelope: Envelope) => sealSignal(crypto, random, key, { ...route, offerId }, envelope);
const open = (sealed: Uint8Array) => openSignal(crypto, key, route, sealed);
const unreadable = { type: 'unreadable' };

/** What a member could send who does not keep to the rules. */
function sealText(text: string): Bytes {
  const head = Buffer.concat([Buffer.of(1), offerId]);
  const nonce = Buffer.alloc(12, 0x0c);
  const ids = Buffer.from(route.infoHash + route.from + route.to, 'hex');
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  cipher.setAAD(Buffer.concat([head.subarray(0, 1), ids, offerId]));
  const content = Buffer.concat([cipher.update(toUtf8(text)), cipher.final(), cipher.getAuthTag()]);
  return new Uint8Array(Buffer.concat([head, nonce, content]));
}

describe('sealed signal', () => {
  test('is the vector of PROTOCOL.md, and what another implementation computes', () => {
    const text = '{"lane":0,"signal":{"type":"candidate","candidate":"","mid":"0","line":0}}';
    const sealed = toHex(seal(last));
    expect(sealed).toBe(toHex(sealText(text)));
    const document = readFileSync(new URL('../../../PROTOCOL.md', import.meta.url), 'utf8');
    expect(document).toContain(text);
    expect(document.replace(/\n */g, '')).toContain(sealed);
  });

  const envelopes: Envelope[] = [
    last,
    { lane: 15, signal: { type: 'offer', sdp } },
    { lane: 1, signal: { type: 'answer', sdp } },
    {
      lane: 0,
      signal: {
        type: 'candidate',
        candidate: 'candidate:1 1 udp 1 192.0.2.1 9 typ host',
        mid: null,
        line: null,
      },
    },
  ];
  test.each(envelopes)('opens as it was sealed: $signal.type on lane $lane', (envelope) => {
    expect(open(seal(envelope))).toEqual({ type: 'signal', offerId, ...envelope });
  });

  test('under another key, swarm, sender, receiver or offer is unreadable', () => {
    const sealed = seal(last);
    const other = peerIdOf(new Uint8Array(20));
    expect(openSignal(crypto, new Uint8Array(32), route, sealed)).toEqual(unreadable);
    expect(openSignal(crypto, key, { ...route, infoHash: infoHashOf(new Uint8Array(20)) }, sealed)).toEqual(
      unreadable,
    );
    expect(openSignal(crypto, key, { ...route, from: other }, sealed)).toEqual(unreadable);
    expect(openSignal(crypto, key, { ...route, to: other }, sealed)).toEqual(unreadable);
    expect(openSignal(crypto, key, { ...route, from: route.to, to: route.from }, sealed)).toEqual(unreadable);
    expect(open(sealed.map((byte, place) => (place === 5 ? byte ^ 1 : byte)))).toEqual(unreadable);
  });

  test('with any byte changed or missing is unreadable', () => {
    const sealed = seal(last);
    const place = fc.nat({ max: sealed.length - 1 });
    fc.assert(
      fc.property(place, fc.integer({ min: 1, max: 255 }), (place, mask) => {
        expect(open(sealed.map((byte, index) => (index === place ? byte ^ mask : byte)))).toEqual(unreadable);
        expect(open(sealed.subarray(0, place))).toEqual(unreadable);
      }),
    );
  });

  test('any bytes are unreadable, and none throw', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        expect(open(bytes)).toEqual(unreadable);
        expect(open(Uint8Array.of(1, ...bytes))).toEqual(unreadable);
      }),
    );
    expect(open(new Uint8Array(MAX_SIGNAL + 1).fill(1))).toEqual(unreadable);
  });

  const candidate = '"type":"candidate","candidate":"","mid":"0","line":0';
  const hostile = [
    '',
    'null',
    '[]',
    '{"lane":0}',
    `{"lane":16,"signal":{${candidate}}}`,
    `{"lane":-1,"signal":{${candidate}}}`,
    `{"lane":0.5,"signal":{${candidate}}}`,
    `{"signal":{${candidate}}}`,
    '{"lane":0,"signal":{"type":"candidate","candidate":"x","mid":"0","line":0}}',
    '{"lane":0,"signal":{"type":"candidate","candidate":"","mid":"0","line":-1}}',
    '{"lane":0,"signal":{"type":"renegotiate","renegotiate":true}}',
    '{"lane":0,"signal":{"type":"offer","sdp":"v=0"}}',
    '{"lane":0,"signal":{"type":"offer","sdp":7}}',
    JSON.stringify({ lane: 0, signal: { type: 'answer', sdp: sdp.replace('application', 'audio') } }),
  ];
  test.each(hostile)('of a member who seals %s is refused', (text) => {
    expect(open(sealText(text)).type).toBe('refused');
  });

  test('of a member who seals anything is refused', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        expect(open(sealText(text)).type).toBe('refused');
      }),
    );
  });

  test('carries nothing beyond what it names', () => {
    const text = `{"lane":0,"__proto__":{"a":1},"signal":{${candidate},"transceiverRequest":{"kind":"audio"}}}`;
    expect(open(sealText(text))).toEqual({ type: 'signal', offerId, ...last });
  });

  test('too large or with a short offer id is not made', () => {
    const long = { lane: 0, signal: { type: 'offer', sdp: sdp.padEnd(MAX_SIGNAL, 'x') } } as const;
    expect(() => seal(long)).toThrow(RangeError);
    const short = { ...route, offerId: fromHex('01')! };
    expect(() => sealSignal(crypto, random, key, short, last)).toThrow(RangeError);
  });
});
