import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64';
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';
import type { Random } from '../src/base/random.ts';

/** The generator's first numbers resemble those of its neighbours' seeds. */
const WARM_UP = 32;

/** Chance that repeats itself: the same seed gives the same numbers, everywhere. For simulations and tests only. */
export class SeededRandom implements Random {
  readonly #generator;

  /** @param seed a 32-bit integer. */
  constructor(seed: number) {
    this.#generator = xoroshiro128plus(seed);
    for (let drawn = 0; drawn < WARM_UP; drawn++) this.#generator.next();
  }

  next(): number {
    return uniformFloat64(this.#generator);
  }

  bytes(length: number): Uint8Array<ArrayBuffer> {
    return Uint8Array.from({ length }, () => uniformInt(this.#generator, 0, 255));
  }

  /** A source of its own for a part of the world, so that what one part draws does not shift another's chances. */
  fork(): SeededRandom {
    return new SeededRandom(uniformInt(this.#generator, -0x80000000, 0x7fffffff));
  }
}
