/** Peers without a file and one who has it; rates in bytes a second. */
export interface Capacities {
  /** Bytes of the file. */
  readonly length: number;
  readonly seedUp: number;
  /** The uplinks of those who fetch it. */
  readonly ups: readonly number[];
  /** The slowest of their downlinks. */
  readonly leastDown: number;
}

/** Seconds in which no way of sharing gets the file to all of them: `max{F/us, F/dmin, N·F/(us+Σui)}` (Kumar and Ross 2006). */
export function swarmBound({ length, seedUp, ups, leastDown }: Capacities): number {
  const total = ups.reduce((all, up) => all + up, seedUp);
  return Math.max(length / seedUp, length / leastDown, (ups.length * length) / total);
}

/** Seconds in which a server with the seed's line sends the file to each: `max{N·F/us, F/dmin}`. */
export function clientServerTime({ length, seedUp, ups, leastDown }: Capacities): number {
  return Math.max((ups.length * length) / seedUp, length / leastDown);
}
