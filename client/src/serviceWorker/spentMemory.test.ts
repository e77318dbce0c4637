import { describe, expect, it, vi } from 'vitest';
import { SpentMemory } from './spentMemory.ts';

const MIB = 1024 * 1024;

describe('SpentMemory', () => {
  it('urges the collector once every 16 MiB, in parts of any size', () => {
    const urge = vi.fn();
    const spent = new SpentMemory(urge);
    for (let chunk = 0; chunk < 63; chunk++) spent.add(MIB / 4);
    expect(urge).not.toHaveBeenCalled();
    spent.add(MIB / 4);
    expect(urge).toHaveBeenCalledOnce();
    spent.add(15 * MIB);
    expect(urge).toHaveBeenCalledOnce();
    spent.add(4 * MIB);
    expect(urge).toHaveBeenCalledTimes(2);
  });

  it('does so by a buffer that it does not keep', () => {
    const construct = vi.spyOn(Reflect, 'construct');
    new SpentMemory().add(16 * MIB);
    expect(construct).toHaveBeenCalledExactlyOnceWith(ArrayBuffer, [64 * MIB]);
    construct.mockRestore();
  });

  it('does without where there is no room for one', () => {
    const construct = vi.spyOn(Reflect, 'construct').mockImplementation(() => {
      throw new RangeError('Array buffer allocation failed');
    });
    expect(() => new SpentMemory().add(16 * MIB)).not.toThrow();
    construct.mockRestore();
  });
});
