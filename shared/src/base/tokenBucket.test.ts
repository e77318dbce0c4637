import { describe, expect, it } from 'vitest';
import { SECOND } from './time.ts';
import { TokenBucket } from './tokenBucket.ts';

const KIB = 1024;

describe('TokenBucket', () => {
  it('lets one taking go into debt, and the debt be paid before the next', () => {
    const bucket = new TokenBucket(16 * KIB);
    expect(bucket.take(0, 64 * KIB)).toBe(true);
    expect(bucket.take(0, 1)).toBe(false);
    expect(bucket.readyAt(0)).toBeGreaterThan(3 * SECOND - 1);
    expect(bucket.take(bucket.readyAt(0) - 1, 1)).toBe(false);
    expect(bucket.take(bucket.readyAt(0), 1)).toBe(true);
  });

  it('does not forgive a debt when the limit changes, or changing it often would be none', () => {
    const bucket = new TokenBucket(16 * KIB);
    bucket.take(0, 64 * KIB);
    bucket.limit(8 * KIB);
    expect(bucket.readyAt(0)).toBeGreaterThan(6 * SECOND - 1);
  });

  it('without a rate lets everything pass', () => {
    const bucket = new TokenBucket();
    expect(bucket.take(0, 1e12) && bucket.take(0, 1e12)).toBe(true);
    expect(bucket.readyAt(5)).toBe(5);
  });
});
