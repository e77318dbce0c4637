import { randomBytes, randomInt } from 'node:crypto';
import type { Random } from '@shoal/shared/base/random.ts';

const STEPS = 2 ** 47;

export const secureRandom: Random = {
  next: () => randomInt(STEPS) / STEPS,
  bytes: (length) => new Uint8Array(randomBytes(length)),
};
