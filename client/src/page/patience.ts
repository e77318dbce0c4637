/** Milliseconds, as the service worker's beats. */
const BEAT = 5000;
/** Beats of the page's own without a sign. Counted, not timed: a machine that slept has missed none. */
const PATIENCE = 8;

/** Watches over somebody who should be heard of every few seconds. */
export class Patience {
  readonly #timer: ReturnType<typeof setInterval>;
  #silent = 0;

  /** @param lost called once, after 40 s without a sign. */
  constructor(lost: () => void) {
    this.#timer = setInterval(() => {
      if (++this.#silent < PATIENCE) return;
      this.end();
      lost();
    }, BEAT);
  }

  /** Somebody was heard of. */
  sign(): void {
    this.#silent = 0;
  }

  end(): void {
    clearInterval(this.#timer);
  }
}

/**
 * What is promised, unless nothing comes of it in 40 s.
 *
 * @param who is to answer, for the error.
 */
export async function answered<T>(promised: Promise<T>, who: string): Promise<T> {
  let patience: Patience | undefined;
  const silence = new Promise<never>((_, reject) => {
    patience = new Patience(() => reject(new Error(`${who}: expected an answer, received none`)));
  });
  try {
    return await Promise.race([promised, silence]);
  } finally {
    patience?.end();
  }
}
