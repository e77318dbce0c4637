import { randomBytes, randomFillSync } from 'node:crypto';
import type { Random } from '@shoal/shared/base/random.ts';

const STEPS = 2 ** 32;

/** Drawn from the system in bulk, since each announce takes some forty. */
const pool = new Uint32Array(1024);
let used = pool.length;

export const secureRandom: Random = { next, bytes: (length) => new Uint8Array(randomBytes(length)) };

function next(): number {
  if (used === pool.length) {
    randomFillSync(pool);
    used = 0;
  }
  return (pool[used++] ?? 0) / STEPS;
}
