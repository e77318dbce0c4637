import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { toHex } from '../base/bytes.ts';
import { infoHashOf, peerIdOf } from '../base/ids.ts';
import { encodeHandshake, HANDSHAKE, parseHandshake } from './handshake.ts';

const id = fc.uint8Array({ minLength: 20, maxLength: 20 });
const infoHash = infoHashOf(new Uint8Array(20).fill(0x11));
const peerId = peerIdOf(new Uint8Array(20).fill(0x22));

describe('handshake', () => {
  test('is laid out as in BEP 3, with the bits of BEP 6, 10 and 52', () => {
    const bytes = encodeHandshake({ infoHash, peerId, fast: true, extended: true, v2: true });
    const name = '13426974546f7272656e742070726f746f636f6c';
    expect(toHex(bytes)).toBe(`${name}0000000000100014${'11'.repeat(20)}${'22'.repeat(20)}`);
  });

  test('comes out as it went in', () => {
    const flags = [fc.boolean(), fc.boolean(), fc.boolean()] as const;
    fc.assert(
      fc.property(id, id, ...flags, (hash, peer, fast, extended, v2) => {
        const handshake = { infoHash: infoHashOf(hash), peerId: peerIdOf(peer), fast, extended, v2 };
        const bytes = encodeHandshake(handshake);
        expect(bytes).toHaveLength(HANDSHAKE);
        expect(parseHandshake(bytes)).toEqual({ type: 'handshake', ...handshake });
      }),
    );
  });

  test('unknown reserved bits are ignored', () => {
    const bytes = encodeHandshake({ infoHash, peerId, fast: false, extended: false, v2: false });
    bytes.fill(0xff, 20, 25);
    expect(parseHandshake(bytes)).toMatchObject({
      type: 'handshake',
      fast: false,
      extended: false,
      v2: false,
    });
  });

  test('another protocol and another length are told apart', () => {
    const bytes = encodeHandshake({ infoHash, peerId, fast: true, extended: true, v2: true });
    expect(parseHandshake(bytes.subarray(1))).toEqual({ type: 'malformed', reason: 'length' });
    bytes[3] = 0;
    expect(parseHandshake(bytes)).toEqual({ type: 'malformed', reason: 'protocol' });
  });

  test('any bytes are read or refused', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        expect(parseHandshake(bytes).type).toBe('malformed');
      }),
    );
  });
});
