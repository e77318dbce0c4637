import type { Time } from '../src/base/time.ts';

interface Entry<Event> {
  readonly time: Time;
  /** Events of the same time happen in the order they were added. */
  readonly order: number;
  readonly event: Event;
}

/** Events to come, soonest first. */
export class EventHeap<Event> {
  readonly #entries: Entry<Event>[] = [];
  #added = 0;

  get size(): number {
    return this.#entries.length;
  }

  /** When the next event is due. */
  get nextAt(): Time | undefined {
    return this.#entries[0]?.time;
  }

  add(time: Time, event: Event): void {
    const entry = { time, order: this.#added++, event };
    let place = this.#entries.length;
    for (let above = this.#parent(place); above !== undefined && isBefore(entry, above.entry);) {
      this.#entries[place] = above.entry;
      place = above.place;
      above = this.#parent(place);
    }
    this.#entries[place] = entry;
  }

  take(): Event | undefined {
    const [first] = this.#entries;
    const last = this.#entries.pop();
    if (last !== undefined && this.#entries.length > 0) this.#sink(last);
    return first?.event;
  }

  #sink(entry: Entry<Event>): void {
    let place = 0;
    for (let child = this.#leastChild(0); child !== undefined && isBefore(child.entry, entry);) {
      this.#entries[place] = child.entry;
      place = child.place;
      child = this.#leastChild(place);
    }
    this.#entries[place] = entry;
  }

  #parent(place: number): { readonly place: number; readonly entry: Entry<Event> } | undefined {
    const above = (place - 1) >> 1;
    const entry = this.#entries[above];
    return place === 0 || entry === undefined ? undefined : { place: above, entry };
  }

  #leastChild(place: number): { readonly place: number; readonly entry: Entry<Event> } | undefined {
    const left = this.#entries[2 * place + 1];
    const right = this.#entries[2 * place + 2];
    if (left === undefined) return undefined;
    if (right !== undefined && isBefore(right, left)) return { place: 2 * place + 2, entry: right };
    return { place: 2 * place + 1, entry: left };
  }
}

function isBefore<Event>(a: Entry<Event>, b: Entry<Event>): boolean {
  return a.time < b.time || (a.time === b.time && a.order < b.order);
}
