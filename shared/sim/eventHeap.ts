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
    const entries = this.#entries;
    let place = entries.length;
    while (place > 0) {
      const parent = (place - 1) >> 1;
      const above = entries[parent];
      if (above === undefined || !isBefore(entry, above)) break;
      entries[place] = above;
      place = parent;
    }
    entries[place] = entry;
  }

  take(): Event | undefined {
    const [first] = this.#entries;
    const last = this.#entries.pop();
    if (last !== undefined && this.#entries.length > 0) this.#sink(last);
    return first?.event;
  }

  #sink(entry: Entry<Event>): void {
    const entries = this.#entries;
    let place = 0;
    for (;;) {
      const child = this.#leastChild(place);
      const below = entries[child];
      if (below === undefined || !isBefore(below, entry)) break;
      entries[place] = below;
      place = child;
    }
    entries[place] = entry;
  }

  /** Where it is; beyond the end when there is none. */
  #leastChild(place: number): number {
    const left = this.#entries[2 * place + 1];
    const right = this.#entries[2 * place + 2];
    const rightIsLess = left !== undefined && right !== undefined && isBefore(right, left);
    return 2 * place + (rightIsLess ? 2 : 1);
  }
}

function isBefore<Event>(a: Entry<Event>, b: Entry<Event>): boolean {
  return a.time < b.time || (a.time === b.time && a.order < b.order);
}
