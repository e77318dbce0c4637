import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareDistance, headOf, isNearer, sharedBits, shareBetween } from './distance.ts';
import type { Place } from './nodeId.ts';
import { anyNodeId } from '../../sim/dht/arbitraries.ts';

const number = (place: Place) => BigInt(`0x${place}`);
const distance = (a: Place, b: Place) => number(a) ^ number(b);

test('compares as the exclusive or does', () => {
  fc.assert(
    fc.property(anyNodeId, anyNodeId, anyNodeId, (target, a, b) => {
      const [near, far] = [distance(target, a), distance(target, b)];
      expect(Math.sign(compareDistance(target, a, b))).toBe(near < far ? -1 : near > far ? 1 : 0);
      expect(isNearer(target, a, b)).toBe(near < far);
      expect(compareDistance(target, a, a)).toBe(0);
    }),
  );
});

test('counts the bits that two places share', () => {
  fc.assert(
    fc.property(anyNodeId, anyNodeId, fc.integer({ min: 0, max: 159 }), (a, b, bit) => {
      const xor = distance(a, b);
      expect(sharedBits(a, b)).toBe(xor === 0n ? 160 : 160 - xor.toString(2).length);
      const flipped = (number(a) ^ (1n << BigInt(159 - bit))).toString(16).padStart(40, '0');
      expect(sharedBits(a, flipped as Place)).toBe(bit);
    }),
  );
});

test('a share of the space is the distance, to 32 bits', () => {
  fc.assert(
    fc.property(anyNodeId, anyNodeId, (a, b) => {
      const exact = Number(distance(a, b) >> 128n) / 2 ** 32;
      expect(shareBetween(headOf(a), headOf(b))).toBe(exact);
    }),
  );
});
