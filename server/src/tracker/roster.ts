import { integer, type Random } from '@shoal/shared/base/random.ts';

/** A set that can be drawn from at random, in time that does not grow with the set. */
export class Roster<Item> {
  readonly #items: Item[] = [];
  readonly #places = new Map<Item, number>();

  get size(): number {
    return this.#items.length;
  }

  has(item: Item): boolean {
    return this.#places.has(item);
  }

  add(item: Item): void {
    if (this.has(item)) return;
    this.#places.set(item, this.#items.length);
    this.#items.push(item);
  }

  /** The last item moves into the gap. */
  delete(item: Item): void {
    const place = this.#places.get(item);
    if (place === undefined) return;
    this.#places.delete(item);
    const last = this.#items.pop();
    if (last === undefined || last === item) return;
    this.#items[place] = last;
    this.#places.set(last, place);
  }

  /** So many different items, or all when there are fewer: each subset equally likely (Floyd's sampling). */
  sample(random: Random, most: number): Item[] {
    if (most >= this.size) return [...this.#items];
    const drawn = new Set<number>();
    for (let end = this.size - most; end < this.size; end++) {
      const place = integer(random, end + 1);
      drawn.add(drawn.has(place) ? end : place);
    }
    return [...drawn].flatMap((place) => this.#items.slice(place, place + 1));
  }
}
