import { randomBytes } from 'node:crypto';
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { fromHex } from '@shoal/shared/base/bytes.ts';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { answerStun, listenStun } from './stun.ts';

function request(attributes = new Uint8Array()): Uint8Array {
  const message = Buffer.alloc(20 + attributes.length);
  message.writeUInt16BE(0x0001, 0);
  message.writeUInt16BE(attributes.length, 2);
  message.writeUInt32BE(0x2112a442, 4);
  message.set(fromHex('b7e7a701bc34d686fa87dfae')!, 8);
  message.set(attributes, 20);
  return message;
}

describe('the sample addresses of RFC 5769', () => {
  test('IPv4', () => {
    const expected = '0101000c2112a442b7e7a701bc34d686fa87dfae' + '002000080001a147e112a643';
    expect(answerStun(request(), { address: '192.0.2.1', port: 32853 })).toEqual(fromHex(expected));
    expect(answerStun(request(), { address: '::ffff:192.0.2.1', port: 32853 })).toEqual(fromHex(expected));
  });

  test('IPv6', () => {
    const expected =
      '010100182112a442b7e7a701bc34d686fa87dfae' + '002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9';
    const origin = { address: '2001:db8:1234:5678:11:2233:4455:6677', port: 32853 };
    expect(answerStun(request(), origin)).toEqual(fromHex(expected));
  });
});

test('shortened and scoped IPv6 addresses', () => {
  const mapped = (address: string) => {
    const answer = answerStun(request(), { address, port: 0 });
    return Buffer.from(answer!.subarray(28).map((byte, index) => byte ^ request()[4 + index]!)).toString(
      'hex',
    );
  };
  expect(mapped('::1')).toBe('00000000000000000000000000000001');
  expect(mapped('fe80::1%eth0')).toBe('fe800000000000000000000000000001');
  expect(mapped('2001:db8::')).toBe('20010db8000000000000000000000000');
});

describe('everything else is dropped', () => {
  const origin = { address: '192.0.2.1', port: 1 };
  const change = (offset: number, byte: number) => {
    const message = request();
    message[offset] = byte;
    return message;
  };
  test.each([
    ['empty', new Uint8Array()],
    ['truncated', request().subarray(0, 19)],
    ['longer than it says', new Uint8Array([...request(), 0, 0, 0, 0])],
    ['an indication', change(1, 0x11)],
    ['a response', change(0, 0x01)],
    ['without magic cookie', change(4, 0)],
    ['not in words of four', request(new Uint8Array(3))],
    ['enormous', request(new Uint8Array(1264))],
  ])('%s', (_name, message) => expect(answerStun(message, origin)).toBeUndefined());

  test('noise: nothing thrown, nothing answered', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 64 }), fc.ipV4(), (message, address) => {
        expect(answerStun(message, { address, port: 1 })).toBeUndefined();
      }),
    );
  });
});

test('whatever the request, the answer goes back to its transaction and is at most 24 bytes longer', () => {
  const origin = fc.record({ address: fc.oneof(fc.ipV4(), fc.ipV6()), port: fc.nat(65_535) });
  const attributes = fc.uint8Array({ maxLength: 40 }).map((bytes) => bytes.subarray(bytes.length % 4));
  fc.assert(
    fc.property(attributes, origin, (bytes, from) => {
      const message = request(bytes);
      const answer = answerStun(message, from);
      expect(answer?.subarray(4, 20)).toEqual(new Uint8Array(message.subarray(4, 20)));
      expect(answer!.length).toBeLessThanOrEqual(message.length + 24);
    }),
  );
});

test('over UDP', async () => {
  const stun = await listenStun(0);
  const socket = createSocket('udp4').bind(0, '127.0.0.1');
  await once(socket, 'listening');
  socket.send(randomBytes(20), stun.port, '127.0.0.1');
  socket.send(request(), stun.port, '127.0.0.1');
  const [answer] = (await once(socket, 'message')) as [Buffer];
  expect(new Uint8Array(answer)).toEqual(
    answerStun(request(), { address: '127.0.0.1', port: socket.address().port }),
  );
  await expect(listenStun(stun.port)).rejects.toThrow(/EADDRINUSE/);
  socket.close();
  stun.close();
});
