/** How a page is connected to the network. What is left out does not limit. */
export interface LineSettings {
  /** Milliseconds that this line adds to every round trip, half of them each way. */
  readonly roundTrip?: number;
  /** The share of packets lost at random, each way: 0 to 1. */
  readonly loss?: number;
  /** Bytes a second of what packets carry, to the network and from it. */
  readonly up?: number;
  readonly down?: number;
  /** Nothing comes through. */
  readonly blocked?: boolean;
}

/** In bytes; below it, a line that adds no delay would drop every burst. */
const LEAST_QUEUE = 64 * 1024;

/** What waits at a rate at most before it is dropped: one bandwidth-delay product, in bytes. */
export function queueOf(rate: number, roundTrip: number): number {
  return Math.max((rate * roundTrip) / 1000, LEAST_QUEUE);
}

/** As lines are sold: in bytes a second. */
export function megabits(count: number): number {
  return (count * 1_000_000) / 8;
}
