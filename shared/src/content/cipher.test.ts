import { createCipheriv } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toHex } from '../base/bytes.ts';
import { counterBlock } from './cipher.ts';

describe('counterBlock', () => {
  it.each([
    [0, '00000000000000000000000000000000'],
    [16, '00000000000000000000000000000001'],
    [2 ** 52, '00000000000000000001000000000000'],
  ])('of byte %d', (offset, hex) => {
    expect(toHex(counterBlock(offset))).toBe(hex);
  });

  it.each([1, 15, -16, 2 ** 53, 0.5, Number.NaN])('refuses %d', (offset) => {
    expect(() => counterBlock(offset)).toThrow(RangeError);
  });

  it('lets the stream be entered at any block', () => {
    const key = new Uint8Array(32).fill(7);
    const stream = (offset: number, length: number) =>
      createCipheriv('aes-256-ctr', key, counterBlock(offset)).update(new Uint8Array(length));
    const whole = stream(0, 65_536);
    fc.assert(
      fc.property(fc.nat({ max: 4095 }), (block) => {
        const entered = stream(block * 16, 16);
        expect(entered.equals(whole.subarray(block * 16, block * 16 + 16))).toBe(true);
      }),
    );
  });
});
