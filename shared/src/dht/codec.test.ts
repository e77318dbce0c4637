import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { concat } from '../base/bytes.ts';
import { type Bencodable, encode } from '../content/bencode.ts';
import { decodeMessage, encodeMessage } from './codec.ts';
import { MAX_MESSAGE, MAX_SIGNAL } from './limits.ts';
import { anyMessage, bytes, crypto } from '../../sim/dht/arbitraries.ts';

const malformed = { type: 'malformed' };
const decode = (fields: Bencodable) => decodeMessage(crypto, encode(fields));

describe('codec', () => {
  test('decodes what it encoded', () => {
    fc.assert(
      fc.property(anyMessage, (message) => {
        expect(decodeMessage(crypto, encodeMessage(message))).toEqual(message);
      }),
    );
  });

  test('whatever the bytes, a message or malformed, and never more than was sent', () => {
    fc.assert(
      fc.property(bytes(0, 300), (payload) => {
        expect(decodeMessage(crypto, payload).type).toBeTypeOf('string');
      }),
    );
  });

  test('a message with a changed byte, cut or prolonged is a message or malformed', () => {
    fc.assert(
      fc.property(anyMessage, fc.nat(), fc.integer({ min: 1, max: 255 }), (message, place, change) => {
        const payload = encodeMessage(message);
        const index = place % payload.length;
        expect(decodeMessage(crypto, payload.subarray(0, index))).toEqual(malformed);
        expect(decodeMessage(crypto, concat(payload, Uint8Array.of(change)))).toEqual(malformed);
        payload[index]! ^= change;
        expect(decodeMessage(crypto, payload).type).toBeTypeOf('string');
      }),
    );
  });

  test('a kind to come is unknown, which is not malformed', () => {
    expect(decode({ t: 7 })).toEqual({ type: 'unknown' });
    expect(decode({ t: -1 })).toEqual(malformed);
    expect(decode({})).toEqual(malformed);
    expect(decode(5)).toEqual(malformed);
  });

  const path = new Uint8Array(8);
  const forward = { t: 1, p: path, g: new Uint8Array(20), v: 0, l: 16, r: { q: 0 } };

  test('a forward is within its limits', () => {
    expect(decode(forward).type).toBe('forward');
    expect(decode({ ...forward, l: 17 })).toEqual(malformed);
    expect(decode({ ...forward, l: -1 })).toEqual(malformed);
    expect(decode({ ...forward, v: 256 })).toEqual(malformed);
    expect(decode({ ...forward, g: new Uint8Array(21) })).toEqual(malformed);
    expect(decode({ ...forward, p: new Uint8Array(7) })).toEqual(malformed);
    expect(decode({ ...forward, r: { q: 6 } })).toEqual(malformed);
    expect(decode({ ...forward, r: { q: 5, s: new Uint8Array(MAX_SIGNAL) } }).type).toBe('forward');
    expect(decode({ ...forward, r: { q: 5, s: new Uint8Array(MAX_SIGNAL + 1) } })).toEqual(malformed);
  });

  test('an answer names no more than it may', () => {
    const contacts = (count: number) => ({ t: 3, p: path, l: 1, a: { q: 0, c: new Uint8Array(32 * count) } });
    expect(decode(contacts(8)).type).toBe('reply');
    expect(decode(contacts(9))).toEqual(malformed);
    expect(decode({ t: 3, p: path, l: 1, a: { q: 0, c: new Uint8Array(33) } })).toEqual(malformed);
  });

  test('records are within BEP 44 and our limits', () => {
    const record = { k: new Uint8Array(32), salt: new Uint8Array(64), seq: 1, sig: new Uint8Array(64) };
    const put = (fields: Record<string, Bencodable>) =>
      decode({ ...forward, r: { q: 4, r: { ...record, ...fields } } }).type;
    expect(put({ v: new Uint8Array(1000) })).toBe('forward');
    expect(put({ v: new Uint8Array(1001) })).toBe('malformed');
    expect(put({ v: new Uint8Array(1), salt: new Uint8Array(65) })).toBe('malformed');
    expect(put({ v: new Uint8Array(1), seq: -1 })).toBe('malformed');
  });

  test('peers are told 50 at a time', () => {
    const peers = (count: number) => decode({ t: 5, a: new Uint8Array(32 * count), d: new Uint8Array() });
    expect(peers(50).type).toBe('peers');
    expect(peers(51)).toEqual(malformed);
  });

  test('an oversized message is not looked at', () => {
    expect(decodeMessage(crypto, encode({ t: 2, p: path, z: new Uint8Array(MAX_MESSAGE) }))).toEqual(
      malformed,
    );
    expect(decode({ t: 2, p: path, z: 1 })).toEqual({ type: 'ack', path: '0000000000000000' });
  });
});
