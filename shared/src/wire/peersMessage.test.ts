import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { peerIdOf } from '../base/ids.ts';
import { MAX_TOLD } from '../base/peerExchange.ts';
import { MAX_PASSED } from './limits.ts';
import { encodePeersMessage, parsePeersMessage, type PeersMessage } from './peersMessage.ts';

const id = fc.uint8Array({ minLength: 20, maxLength: 20 }).map(peerIdOf);
const ids = fc.array(id, { maxLength: MAX_TOLD });
const sealed = fc.uint8Array({ minLength: 1, maxLength: 300 }).map((bytes) => new Uint8Array(bytes));
const message: fc.Arbitrary<PeersMessage> = fc.oneof(
  fc.record({ type: fc.constant('peers' as const), added: ids, dropped: ids }),
  fc.record({ type: fc.constantFrom('pass' as const, 'passed' as const), peer: id, sealed }),
);

describe('what peers tell of others', () => {
  test('comes out as it went in', () => {
    fc.assert(
      fc.property(message, (each) => {
        expect(parsePeersMessage(encodePeersMessage(each))).toEqual(each);
      }),
    );
  });

  const one = new Uint8Array(20);
  const many = (count: number) => Array.from({ length: count }, () => [...one]).flat();
  test.each<[string, readonly number[]]>([
    ['nothing', []],
    ['part of an id', [0, 1, ...one.subarray(1)]],
    ['fewer than it counts', [0, 2, ...one]],
    ['too many added', [0, MAX_TOLD + 1, ...many(MAX_TOLD + 1)]],
    ['too many dropped', [0, 0, ...many(MAX_TOLD + 1)]],
    ['no signal', [1, ...one]],
    ['a signal that is too long', [2, ...one, ...new Uint8Array(MAX_PASSED + 1)]],
  ])('%s is refused', (_, bytes) => {
    expect(parsePeersMessage(Uint8Array.from(bytes))).toBeUndefined();
  });

  test('of a kind to come it is unknown', () => {
    expect(parsePeersMessage(Uint8Array.of(3))).toEqual({ type: 'unknown' });
  });

  test('any bytes are read or refused, and never more ids than there may be', () => {
    const begun = fc
      .tuple(fc.nat(3), fc.nat(255), fc.uint8Array({ maxLength: 2500 }))
      .map(([kind, count, rest]) => Uint8Array.from([kind, count, ...rest]));
    fc.assert(
      fc.property(fc.oneof(fc.uint8Array({ maxLength: 60 }), begun), (bytes) => {
        const read = parsePeersMessage(new Uint8Array(bytes));
        if (read?.type !== 'peers') return;
        expect(Math.max(read.added.length, read.dropped.length)).toBeLessThanOrEqual(MAX_TOLD);
      }),
      { numRuns: 500 },
    );
  });
});
