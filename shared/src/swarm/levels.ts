import { integer, type Random } from '../base/random.ts';

/** A set of small natural numbers, each on a level. Adding, removing and moving one takes the same time however many there are. */
export class Levels<T extends number> {
  readonly #levels: T[][] = [];
  /** Of each number: its place within its level. */
  readonly #places: Uint32Array;
  #size = 0;

  /** @param bound all numbers are below it. */
  constructor(bound: number) {
    this.#places = new Uint32Array(bound);
  }

  get size(): number {
    return this.#size;
  }

  sizeOf(level: number): number {
    return this.#levels[level]?.length ?? 0;
  }

  /** The number must not be in the set. */
  add(number: T, level: number): void {
    while (this.#levels.length <= level) this.#levels.push([]);
    this.#places[number] = this.sizeOf(level);
    this.#levels[level]?.push(number);
    this.#size++;
  }

  /** The number must be on that level. */
  remove(number: T, level: number): void {
    const numbers = this.#levels[level];
    const last = numbers?.pop();
    if (numbers === undefined || last === undefined) return;
    this.#size--;
    if (last === number) return;
    const place = this.#places[number] ?? 0;
    numbers[place] = last;
    this.#places[last] = place;
  }

  /** One that fits, on the lowest level there is from `least` on; which of several is left to chance. */
  lowest(random: Random, least: number, fits: (number: T) => boolean): T | undefined {
    for (let level = least; level < this.#levels.length; level++) {
      const found = cycle(this.#levels[level] ?? [], random, fits);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** One that fits, on this level. */
  on(level: number, random: Random, fits: (number: T) => boolean): T | undefined {
    return cycle(this.#levels[level] ?? [], random, fits);
  }

  /** One that fits, on any level. */
  any(random: Random, fits: (number: T) => boolean): T | undefined {
    const start = integer(random, this.#size);
    return this.#first(start, fits) ?? this.#first(0, fits);
  }

  /** Level by level; so many are passed over. */
  #first(skipped: number, fits: (number: T) => boolean): T | undefined {
    let skip = skipped;
    for (const level of this.#levels) {
      for (let place = skip; place < level.length; place++) {
        const number = level[place];
        if (number !== undefined && fits(number)) return number;
      }
      skip = Math.max(skip - level.length, 0);
    }
    return undefined;
  }
}

/** Looks from a random place on, all the way round. */
function cycle<T>(items: readonly T[], random: Random, fits: (item: T) => boolean): T | undefined {
  if (items.length === 0) return undefined;
  const start = integer(random, items.length);
  for (let step = 0; step < items.length; step++) {
    const item = items[(start + step) % items.length];
    if (item !== undefined && fits(item)) return item;
  }
  return undefined;
}
