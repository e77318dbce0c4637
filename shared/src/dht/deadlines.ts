import type { Time } from '../base/time.ts';

interface Entry<Key> {
  readonly key: Key;
  readonly at: Time;
}

/** When something is due for whom, soonest first. A key has one deadline: setting it again moves it. */
export class Deadlines<Key> {
  readonly #times = new Map<Key, Time>();
  /** A heap; entries that no longer hold are left in it until they come up. */
  readonly #heap: Entry<Key>[] = [];

  set(key: Key, at: Time): void {
    if (this.#times.get(key) === at) return;
    this.#times.set(key, at);
    this.#heap.push({ key, at });
    this.#rise(this.#heap.length - 1);
  }

  delete(key: Key): void {
    this.#times.delete(key);
  }

  get next(): Time {
    this.#tidy();
    return this.#heap[0]?.at ?? Number.POSITIVE_INFINITY;
  }

  /** Takes one whose time has come. */
  take(now: Time): Key | undefined {
    this.#tidy();
    const [first] = this.#heap;
    if (first === undefined || first.at > now) return undefined;
    this.#times.delete(first.key);
    this.#pop();
    return first.key;
  }

  #tidy(): void {
    for (let first = this.#heap[0]; first !== undefined; first = this.#heap[0]) {
      if (this.#times.get(first.key) === first.at) return;
      this.#pop();
    }
  }

  #pop(): void {
    const last = this.#heap.pop();
    if (last === undefined || this.#heap.length === 0) return;
    this.#heap[0] = last;
    this.#sink();
  }

  #rise(from: number): void {
    for (let place = from; place > 0;) {
      const above = (place - 1) >> 1;
      if (!this.#swapIfSooner(place, above)) return;
      place = above;
    }
  }

  #sink(): void {
    for (let place = 0; ;) {
      const left = 2 * place + 1;
      const child = this.#at(left + 1) < this.#at(left) ? left + 1 : left;
      if (!this.#swapIfSooner(child, place)) return;
      place = child;
    }
  }

  /** Puts the lower one above when it is due sooner. */
  #swapIfSooner(lower: number, upper: number): boolean {
    const [low, up] = [this.#heap[lower], this.#heap[upper]];
    if (low === undefined || up === undefined || low.at >= up.at) return false;
    this.#heap[upper] = low;
    this.#heap[lower] = up;
    return true;
  }

  #at(place: number): Time {
    return this.#heap[place]?.at ?? Number.POSITIVE_INFINITY;
  }
}
