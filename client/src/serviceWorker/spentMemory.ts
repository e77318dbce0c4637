const MIB = 1024 * 1024;
const EVERY = 16 * MIB;
/** As much as Chromium lets pile up outside the JavaScript heap before it collects. */
const NUDGE = 64 * MIB;

/**
 * What was passed on or done with, and waits for the garbage collector. Chromium collects by what it knows to lie in
 * buffers, and the same bytes are also in copies and messages that it does not count: left to itself, it lets a hundred
 * MiB and more pile up in each worker.
 */
export class SpentMemory {
  readonly #urge: () => void;
  #bytes = 0;

  /** @param urge has the collector come by soon. */
  constructor(urge: () => void = nudge) {
    this.#urge = urge;
  }

  add(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes < EVERY) return;
    this.#bytes = 0;
    this.#urge();
  }
}

/** A buffer that nobody touches or keeps takes addresses and no memory, and counts as garbage all the same. */
function nudge(): void {
  try {
    // A plain `new` of which nothing comes is left out when the page is built.
    Reflect.construct(ArrayBuffer, [NUDGE]);
  } catch {
    // Where addresses are short, the collector has been asked to make room already.
  }
}
