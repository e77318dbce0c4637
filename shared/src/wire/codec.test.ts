import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Bytes, concat, fromHex, toHex } from '../base/bytes.ts';
import { encodeMessage, MessageDecoder } from './codec.ts';
import { MAX_PIECES } from '../content/metainfo.ts';
import { MAX_EXTENDED, MAX_FRAME, MAX_REQUEST } from './limits.ts';
import type { Message } from './message.ts';
import { MESSAGE_ID } from './messageId.ts';

const uint32 = fc.nat({ max: 0xffff_ffff });
const byte = fc.nat({ max: 255 });
const bytes = (minLength: number, maxLength: number) =>
  fc.uint8Array({ minLength, maxLength }).map((array): Bytes => new Uint8Array(array));
const bare = fc.constantFrom<Message>(
  { type: 'keepAlive' },
  { type: 'choke' },
  { type: 'unchoke' },
  { type: 'interested' },
  { type: 'notInterested' },
  { type: 'haveAll' },
  { type: 'haveNone' },
);
const hashRange = {
  root: bytes(32, 32),
  baseLayer: uint32,
  index: uint32,
  length: uint32,
  proofLayers: uint32,
};
const hashes = fc.nat({ max: 8 }).chain((more) => bytes(32 * (1 + more), 32 * (1 + more)));
const known = Object.values(MESSAGE_ID) as number[];

const message: fc.Arbitrary<Message> = fc.oneof(
  bare,
  fc.record({ type: fc.constantFrom('have', 'suggest', 'allowedFast'), piece: uint32 }),
  fc.record({
    type: fc.constantFrom('request', 'cancel', 'reject'),
    piece: uint32,
    begin: uint32,
    length: uint32,
  }),
  fc.record({ type: fc.constant('bitfield'), bits: bytes(0, 40) }),
  fc.record({ type: fc.constant('piece'), piece: uint32, begin: uint32, data: bytes(1, 300) }),
  fc.record({ type: fc.constant('extended'), id: byte, payload: bytes(0, 100) }),
  fc.record({ type: fc.constantFrom('hashRequest', 'hashReject'), ...hashRange }),
  fc.record({ type: fc.constant('hashes'), ...hashRange, hashes }),
  fc.record({ type: fc.constant('unknown'), id: byte.filter((id) => !known.includes(id)) }),
);

/** The stream cut into chunks of the given lengths, over and over. */
function cut(stream: Bytes, lengths: readonly number[]): Bytes[] {
  const chunks: Bytes[] = [];
  let offset = 0;
  for (let turn = 0; offset < stream.length; turn++) {
    const length = lengths[turn % lengths.length]!;
    chunks.push(stream.slice(offset, offset + length));
    offset += length;
  }
  return chunks;
}

function decodeAll(decoder: MessageDecoder, chunks: readonly Bytes[]): Message[] {
  return chunks.flatMap((chunk) => {
    const result = decoder.push(chunk);
    if (result.type === 'malformed') throw new Error(JSON.stringify(result));
    return result.messages;
  });
}

function frame(id: number, payload: Uint8Array): Bytes {
  const bytes = new Uint8Array(5 + payload.length);
  new DataView(bytes.buffer).setUint32(0, 1 + payload.length);
  bytes[4] = id;
  bytes.set(payload, 5);
  return bytes;
}

describe('encoding', () => {
  const frames: [string, Message][] = [
    ['00000000', { type: 'keepAlive' }],
    ['0000000100', { type: 'choke' }],
    ['0000000101', { type: 'unchoke' }],
    ['0000000102', { type: 'interested' }],
    ['0000000103', { type: 'notInterested' }],
    ['000000050401020304', { type: 'have', piece: 0x01020304 }],
    ['0000000305ff80', { type: 'bitfield', bits: Uint8Array.of(0xff, 0x80) }],
    ['0000000d06000000010000400000004000', { type: 'request', piece: 1, begin: 16384, length: 16384 }],
    [
      '0000000b070000000200000003abcd',
      { type: 'piece', piece: 2, begin: 3, data: Uint8Array.of(0xab, 0xcd) },
    ],
    ['0000000d08000000010000400000004000', { type: 'cancel', piece: 1, begin: 16384, length: 16384 }],
    ['000000050dfffffffe', { type: 'suggest', piece: 0xffff_fffe }],
    ['000000010e', { type: 'haveAll' }],
    ['000000010f', { type: 'haveNone' }],
    ['0000000d10000000010000400000004000', { type: 'reject', piece: 1, begin: 16384, length: 16384 }],
    ['000000051100000007', { type: 'allowedFast', piece: 7 }],
    ['0000000414006465', { type: 'extended', id: 0, payload: Uint8Array.of(0x64, 0x65) }],
  ];
  test.each(frames)('%s is as the documents have it', (hex, message) => {
    expect(toHex(encodeMessage(message))).toBe(hex);
    expect(decodeAll(new MessageDecoder(), [fromHex(hex)!])).toEqual([message]);
  });

  test('hash messages are laid out as in BEP 52', () => {
    const root = new Uint8Array(32).fill(0xaa);
    const range = { root, baseLayer: 1, index: 2, length: 3, proofLayers: 4 };
    const numbers = '00000001000000020000000300000004';
    expect(toHex(encodeMessage({ type: 'hashRequest', ...range }))).toBe(
      `0000003115${'aa'.repeat(32)}${numbers}`,
    );
    expect(toHex(encodeMessage({ type: 'hashReject', ...range }))).toBe(
      `0000003117${'aa'.repeat(32)}${numbers}`,
    );
    const hashes = new Uint8Array(32).fill(0xbb);
    expect(toHex(encodeMessage({ type: 'hashes', ...range, hashes }))).toBe(
      `0000005116${'aa'.repeat(32)}${numbers}${'bb'.repeat(32)}`,
    );
  });

  test('a piece is written where there is room for it, over whatever is there', () => {
    const data = new Uint8Array(1000).fill(7);
    const said: Message = { type: 'piece', piece: 5, begin: 6, data };
    const room = new Uint8Array(1013).fill(255);
    const frame = encodeMessage(said, (length) => room.subarray(0, length));
    expect(frame.buffer).toBe(room.buffer);
    expect(toHex(frame)).toBe(`000003f1070000000500000006${'07'.repeat(1000)}`);
    expect(encodeMessage(said)).toEqual(frame);
  });
});

describe('decoding', () => {
  test('any messages, cut anywhere, come out as they went in', () => {
    fc.assert(
      fc.property(
        fc.array(message, { maxLength: 12 }),
        fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1 }),
        (messages, lengths) => {
          const stream = concat(...messages.map((each) => encodeMessage(each)));
          expect(decodeAll(new MessageDecoder(), cut(stream, lengths))).toEqual(messages);
        },
      ),
    );
  });

  test('byte by byte, each message is told with its last byte', () => {
    fc.assert(
      fc.property(message, (message) => {
        const decoder = new MessageDecoder();
        const counts = cut(encodeMessage(message), [1]).map((chunk) => decodeAll(decoder, [chunk]).length);
        expect(counts).toEqual([...counts.slice(1).map(() => 0), 1]);
      }),
    );
  });

  test('any bytes, cut anywhere, are messages or malformed, never a throw, and in every cutting the same', () => {
    fc.assert(
      fc.property(
        fc.array(fc.oneof(message.map(encodeMessage), bytes(0, 20), hostileFrame()), { maxLength: 6 }),
        fc.array(fc.integer({ min: 1, max: 60 }), { minLength: 1 }),
        (parts, lengths) => {
          const stream = concat(...parts);
          expect(outcome(cut(stream, lengths))).toEqual(outcome(cut(stream, [1])));
        },
      ),
      { numRuns: 400 },
    );
  });

  test('a frame within one chunk is not copied', () => {
    const chunk = encodeMessage({ type: 'piece', piece: 1, begin: 2, data: new Uint8Array(500) });
    const [message] = decodeAll(new MessageDecoder(), [chunk]);
    expect(message).toHaveProperty('data.buffer', chunk.buffer);
  });

  test('a gathered message does not change when more is pushed', () => {
    const data = new Uint8Array(50).fill(1);
    const [head, tail] = cut(encodeMessage({ type: 'piece', piece: 0, begin: 0, data }), [20, 43]);
    const decoder = new MessageDecoder();
    const [first] = decodeAll(decoder, [head!, tail!]);
    decodeAll(
      decoder,
      cut(encodeMessage({ type: 'piece', piece: 0, begin: 0, data: data.fill(2) }), [20, 43]),
    );
    expect(first).toMatchObject({ data: new Uint8Array(50).fill(1) });
  });

  test('an unknown message is told by its id, and what follows is read', () => {
    const stream = concat(frame(200, new Uint8Array(77)), encodeMessage({ type: 'choke' }));
    expect(decodeAll(new MessageDecoder(), [stream])).toEqual([
      { type: 'unknown', id: 200 },
      { type: 'choke' },
    ]);
  });
});

describe('malformed frames', () => {
  const wrong: [string, number, number][] = [
    ['choke with a payload', MESSAGE_ID.choke, 1],
    ['have of three bytes', MESSAGE_ID.have, 3],
    ['request of eleven bytes', MESSAGE_ID.request, 11],
    ['request of thirteen bytes', MESSAGE_ID.request, 13],
    ['piece without data', MESSAGE_ID.piece, 8],
    ['truncated piece', MESSAGE_ID.piece, 7],
    ['extended without an id', MESSAGE_ID.extended, 0],
    ['extended too long', MESSAGE_ID.extended, 2 + MAX_EXTENDED],
    ['hashes without a hash', MESSAGE_ID.hashes, 48],
    ['hashes with half a hash', MESSAGE_ID.hashes, 48 + 48],
    ['hash request of 47 bytes', MESSAGE_ID.hashRequest, 47],
    ['hash reject of 49 bytes', MESSAGE_ID.hashReject, 49],
  ];
  test.each(wrong)('%s', (_name, id, length) => {
    const head = frame(id, new Uint8Array(length)).slice(0, 5);
    const result = new MessageDecoder().push(head);
    expect(result).toMatchObject({ type: 'malformed', reason: 'wrong-payload-length', received: length });
  });

  test('the longest frame passes, one byte more is refused at its fourth byte', () => {
    const longest = encodeMessage({ type: 'piece', piece: 0, begin: 0, data: new Uint8Array(MAX_REQUEST) });
    expect(decodeAll(new MessageDecoder(), [longest])).toHaveLength(1);
    const result = new MessageDecoder().push(frame(7, new Uint8Array(MAX_FRAME - 4)).slice(0, 4));
    expect(result).toEqual({
      type: 'malformed',
      reason: 'frame-too-long',
      expected: `at most ${MAX_FRAME}`,
      received: MAX_FRAME + 1,
    });
  });

  test('a length of 4 GiB is refused', () => {
    expect(new MessageDecoder().push(fromHex('ffffffff07')!)).toMatchObject({ received: 4 + 0xffff_ffff });
  });

  test('the bitfield of the most pieces a content may have fits', () => {
    const bitfield = encodeMessage({ type: 'bitfield', bits: new Uint8Array(MAX_PIECES / 8) });
    expect(decodeAll(new MessageDecoder(), [bitfield])).toHaveLength(1);
  });

  test('a decoder for many pieces takes their bitfield', () => {
    const pieces = 8 * MAX_FRAME;
    const bitfield = encodeMessage({ type: 'bitfield', bits: new Uint8Array(pieces / 8) });
    expect(new MessageDecoder().push(bitfield).type).toBe('malformed');
    expect(decodeAll(new MessageDecoder(5 + pieces / 8), [bitfield])).toHaveLength(1);
    expect(new MessageDecoder(5 + pieces / 8 - 1).push(bitfield).type).toBe('malformed');
  });

  test('what follows a malformed frame is not read', () => {
    const decoder = new MessageDecoder();
    const malformed = decoder.push(fromHex('000000020000')!);
    expect(malformed.type).toBe('malformed');
    expect(decoder.push(encodeMessage({ type: 'choke' }))).toBe(malformed);
  });
});

/** A head of any id and a length near what is allowed, with little behind it. */
function hostileFrame(): fc.Arbitrary<Bytes> {
  const lengths = fc.oneof(
    fc.nat({ max: 60 }),
    fc.integer({ min: MAX_FRAME - 10, max: MAX_FRAME + 10 }),
    uint32,
  );
  return fc.tuple(lengths, fc.nat({ max: 25 }), bytes(0, 60)).map(([length, id, rest]) => {
    const bytes = frame(id, rest);
    new DataView(bytes.buffer).setUint32(0, length);
    return bytes;
  });
}

/** The malformed frame, if any; else all messages. */
function outcome(chunks: readonly Bytes[]): unknown {
  const decoder = new MessageDecoder();
  const results = chunks.map((chunk) => decoder.push(chunk));
  const malformed = results.find((result) => result.type === 'malformed');
  return malformed ?? results.flatMap((result) => (result.type === 'messages' ? result.messages : []));
}
