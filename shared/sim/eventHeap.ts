import type { Time } from '../src/base/time.ts';

/** Fewer levels than a binary heap, and the children of one place lie next to each other. */
const CHILDREN = 4;

/** Events to come, soonest first. Columns rather than objects: comparing two events looks at numbers alone. */
export class EventHeap<Event> {
  readonly #times: Time[] = [];
  /** Events of the same time happen in the order they were added. */
  readonly #orders: number[] = [];
  readonly #events: Event[] = [];
  #added = 0;

  get size(): number {
    return this.#events.length;
  }

  /** When the next event is due. */
  get nextAt(): Time | undefined {
    return this.#times[0];
  }

  add(time: Time, event: Event): void {
    const order = this.#added++;
    let place = this.#events.length;
    while (place > 0) {
      const parent = Math.floor((place - 1) / CHILDREN);
      if (!this.#isBefore(time, order, parent)) break;
      this.#copy(parent, place);
      place = parent;
    }
    this.#put(place, time, order, event);
  }

  take(): Event | undefined {
    const [first] = this.#events;
    const time = this.#times.pop();
    const order = this.#orders.pop();
    const event = this.#events.pop();
    if (time !== undefined && order !== undefined && event !== undefined && this.size > 0)
      this.#sink(time, order, event);
    return first;
  }

  #sink(time: Time, order: number, event: Event): void {
    let place = 0;
    for (let child = this.#leastChild(0); child > 0; child = this.#leastChild(place)) {
      if (this.#isBefore(time, order, child)) break;
      this.#copy(child, place);
      place = child;
    }
    this.#put(place, time, order, event);
  }

  /** Where it is; 0 when there is none. */
  #leastChild(place: number): number {
    const first = place * CHILDREN + 1;
    const end = Math.min(first + CHILDREN, this.size);
    if (first >= end) return 0;
    let least = first;
    for (let child = first + 1; child < end; child++)
      if (this.#isBefore(this.#times[child] ?? 0, this.#orders[child] ?? 0, least)) least = child;
    return least;
  }

  #isBefore(time: Time, order: number, place: number): boolean {
    const other = this.#times[place] ?? 0;
    return time < other || (time === other && order < (this.#orders[place] ?? 0));
  }

  #copy(from: number, to: number): void {
    const event = this.#events[from];
    if (event !== undefined) this.#put(to, this.#times[from] ?? 0, this.#orders[from] ?? 0, event);
  }

  #put(place: number, time: Time, order: number, event: Event): void {
    this.#times[place] = time;
    this.#orders[place] = order;
    this.#events[place] = event;
  }
}
