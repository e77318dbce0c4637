import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Bytes } from '../../base/bytes.ts';
import { encodeMessage } from '../../wire/codec.ts';
import { encodeExtendedHandshake, EXTENDED_HANDSHAKE, SHOAL_DHT } from '../../wire/extensions.ts';
import { LinkStream } from './linkStream.ts';

function pair(): { readonly stream: LinkStream; readonly said: Bytes[]; greetings: number } {
  const state = { said: [] as Bytes[], greetings: 0 };
  const stream = new LinkStream({
    greeted: () => state.greetings++,
    received: (payload) => state.said.push(payload),
  });
  return Object.assign(state, { stream });
}

const hello = new LinkStream({ greeted: () => undefined, received: () => undefined }).start();
const message = encodeMessage({ type: 'extended', id: SHOAL_DHT, payload: Uint8Array.of(1, 2) });

describe('a stream for the DHT alone', () => {
  test('carries messages once both have greeted', () => {
    const [one, two] = [pair(), pair()];
    expect(one.stream.frame(Uint8Array.of(7))).toBeUndefined();
    expect(one.stream.push(two.stream.start())).toBe('fine');
    expect(two.stream.push(one.stream.start())).toBe('fine');
    expect(two.stream.push(one.stream.keepAlive())).toBe('fine');
    expect(two.stream.push(one.stream.frame(Uint8Array.of(7))!)).toBe('fine');
    expect([one.greetings, two.greetings, two.said]).toEqual([1, 1, [Uint8Array.of(7)]]);
  });

  test.each<[string, readonly Bytes[]]>([
    ['a message before the greeting', [message]],
    ['a second greeting', [hello, hello]],
    ['a greeting that does not name the DHT', [greeting(new Map())]],
    ['one that switches it off', [greeting(new Map([['shoal_dht', 0]]))]],
    ['another extension', [hello, encodeMessage({ type: 'extended', id: 9, payload: new Uint8Array() })]],
    ['a swarm’s message', [hello, encodeMessage({ type: 'unchoke' })]],
    ['a frame that is too long', [hello, Uint8Array.of(0x7f, 0, 0, 0, 20)]],
  ])('%s ends it', (_, frames) => {
    const { stream } = pair();
    expect(frames.map((frame) => stream.push(frame.slice())).at(-1)).toBe('malformed');
  });

  test('any bytes are taken or end it', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
        const { stream } = pair();
        stream.push(hello.slice());
        expect(['fine', 'malformed']).toContain(stream.push(new Uint8Array(bytes)));
      }),
    );
  });
});

function greeting(m: ReadonlyMap<string, number>): Bytes {
  return encodeMessage({ type: 'extended', id: EXTENDED_HANDSHAKE, payload: encodeExtendedHandshake({ m }) });
}
