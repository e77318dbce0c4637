/** How many are unchoked for what they give, beside an optimistic one, or by turns when we seed. */
export const DEFAULT_SLOTS = 4;

const MOST_SLOTS = 12;
const STEP = 3;
/** At most so many get a first piece of a seeder at once. */
const MOST_FIRST = 32;

/**
 * How many slots there are. Few, as long as those who hold them keep the uplink busy: only what is worth having earns
 * something in return. Some more whenever it lies idle, as many less for each round in which it did not.
 */
export class Slots {
  #count = DEFAULT_SLOTS;
  #idled = false;

  /** The uplink lies idle. Returns how many slots there are now that there were not before. */
  widen(): number {
    this.#idled = true;
    const more = Math.min(STEP, MOST_SLOTS - this.#count);
    this.#count += more;
    return more;
  }

  /** For the next round. */
  get leeching(): number {
    return this.#count;
  }

  /**
   * For the next round of a seeder. The uplink of a peer that has nothing yet is lost to the swarm, and a piece is
   * soon given: each of these gets a slot.
   *
   * @param empty how many want something and have nothing.
   */
  seeding(empty: number): number {
    return Math.max(this.#count, Math.min(empty, MOST_FIRST));
  }

  /** A round is over. */
  settle(): void {
    if (!this.#idled) this.#count = Math.max(this.#count - STEP, DEFAULT_SLOTS);
    this.#idled = false;
  }
}
