import { describe, expect, it, vi } from 'vitest';
import { SecureRandom, secureRandom } from './secureRandom.ts';

describe('secureRandom', () => {
  it('gives as many bytes as asked for, past the quota of one call', () => {
    for (const length of [0, 1, 65_536, 65_537, 200_000])
      expect(secureRandom.bytes(length)).toHaveLength(length);
    expect(
      secureRandom
        .bytes(70_000)
        .subarray(65_536)
        .some((byte) => byte !== 0),
    ).toBe(true);
  });

  it('stays within [0, 1) and reaches both ends of it', () => {
    const words = vi.spyOn(crypto, 'getRandomValues');
    words.mockImplementation(fill(0));
    expect(new SecureRandom().next()).toBe(0);
    words.mockImplementation(fill(0xff));
    expect(new SecureRandom().next()).toBe(1 - 2 ** -53);
    words.mockRestore();
  });

  it('asks the platform once for hundreds of numbers, and gives none of them twice', () => {
    const words = vi.spyOn(crypto, 'getRandomValues');
    const random = new SecureRandom();
    const drawn = Array.from({ length: 1000 }, () => random.next());
    expect(words.mock.calls.length).toBeLessThan(10);
    expect(new Set(drawn).size).toBe(1000);
    words.mockRestore();
  });

  it('is spread evenly over eight parts', () => {
    const counts = new Array<number>(8).fill(0);
    for (let draw = 0; draw < 8000; draw++) counts[Math.floor(secureRandom.next() * 8)]!++;
    for (const count of counts) expect(Math.abs(count - 1000)).toBeLessThan(250);
  });
});

function fill(byte: number): typeof crypto.getRandomValues {
  return (array) => {
    if (ArrayBuffer.isView(array))
      new Uint8Array(array.buffer, array.byteOffset, array.byteLength).fill(byte);
    return array;
  };
}
