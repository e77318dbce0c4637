import type { Time } from '../base/time.ts';
import type { DhtContext } from './context.ts';
import { Deadlines } from './deadlines.ts';
import { Lookup, type Sought } from './lookup.ts';
import type { Router } from './router.ts';

/** Look-ups of our own that are under way. */
export class Lookups {
  readonly #context: DhtContext;
  readonly #router: Router;
  readonly #deadlines = new Deadlines<Lookup>();

  constructor(context: DhtContext, router: Router) {
    this.#context = context;
    this.#router = router;
  }

  get wakeAt(): Time {
    return this.#deadlines.next;
  }

  begin(sought: Sought): void {
    const lookup = new Lookup(this.#context, this.#router, sought);
    lookup.begin();
    this.#schedule(lookup);
  }

  tick(): void {
    const { now } = this.#context;
    for (let due = this.#deadlines.take(now); due !== undefined; due = this.#deadlines.take(now)) {
      due.tick();
      this.#schedule(due);
    }
  }

  #schedule(lookup: Lookup): void {
    if (!lookup.hasEnded) this.#deadlines.set(lookup, lookup.wakeAt);
  }
}
