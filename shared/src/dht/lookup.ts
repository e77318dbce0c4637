import { integer } from '../base/random.ts';
import { SECOND, type Time } from '../base/time.ts';
import type { DhtContext } from './context.ts';
import type { Ending } from './io.ts';
import type { Link } from './link.ts';
import type { Answer, Request } from './message.ts';
import type { Key } from './nodeId.ts';
import type { PathEnd } from './path.ts';
import type { Router } from './router.ts';

/** How hard to try. */
export interface Effort {
  /** Paths at the same time. */
  readonly atOnce: number;
  /** Answers that are enough. */
  readonly answers: number;
  /** Paths altogether. */
  readonly most: number;
}

export interface Sought extends Effort {
  readonly target: Key;
  readonly request: Request;
  /** Where the first path goes first. */
  readonly first?: Link | undefined;
  /** Whether it is an answer to what was asked: what is forged or does not fit is none. */
  accept(answer: Answer, steps: number): boolean;
  ended(ending: Ending): void;
}

/** All of it. */
const TIMEOUT = 10 * SECOND;
/** A path that has not ended by then gets another beside it. */
const SLOW = 1500;
const SALTS = 255;

/** One request, over disjoint paths chosen here, each replaced when it fails, until there are answers enough. */
export class Lookup {
  readonly #context: DhtContext;
  readonly #router: Router;
  readonly #sought: Sought;
  readonly #endAt: Time;
  readonly #firstLinks = new Set<Link>();
  readonly #disappointing = new Set<Link>();
  #hastenAt: Time;
  #begun = 0;
  #running = 0;
  #answers = 0;
  #ended = false;

  constructor(context: DhtContext, router: Router, sought: Sought) {
    this.#context = context;
    this.#router = router;
    this.#sought = sought;
    this.#endAt = context.now + TIMEOUT;
    this.#hastenAt = context.now + SLOW;
  }

  get hasEnded(): boolean {
    return this.#ended;
  }

  get wakeAt(): Time {
    return this.#begun < this.#sought.most ? Math.min(this.#hastenAt, this.#endAt) : this.#endAt;
  }

  begin(): void {
    if (this.#context.links.size === 0) return this.#end('isolated');
    this.#fill();
  }

  tick(): void {
    if (this.#ended) return;
    const { now } = this.#context;
    if (now >= this.#endAt) return this.#end(this.#answers > 0 ? 'answered' : 'timed-out');
    if (now < this.#hastenAt) return;
    this.#hastenAt = now + SLOW;
    this.#beginPath();
  }

  #fill(): void {
    while (!this.#ended && this.#running < this.#sought.atOnce && this.#beginPath());
    if (!this.#ended && this.#running === 0) this.#end(this.#answers > 0 ? 'answered' : 'unanswered');
  }

  #beginPath(): boolean {
    if (this.#begun >= this.#sought.most) return false;
    const { target, request } = this.#sought;
    const first = this.#begun === 0 ? this.#sought.first : undefined;
    const salt = this.#begun === 0 ? 0 : 1 + integer(this.#context.random, SALTS);
    this.#begun++;
    this.#running++;
    const avoided = this.#firstLinks.size < this.#context.links.size ? this.#firstLinks : new Set<Link>();
    const chosen: Link[] = [];
    this.#router.start({
      target,
      request,
      salt,
      first,
      avoids: (link) => avoided.has(link) && !chosen.includes(link),
      took: (link) => {
        chosen.push(link);
        this.#firstLinks.add(link);
      },
      ended: (end) => this.#pathEnded(end),
    });
    return true;
  }

  #pathEnded({ answer, steps, over }: PathEnd): void {
    this.#running--;
    const good = this.#sought.accept(answer, steps);
    if (good) this.#answers++;
    else if (over !== undefined) this.#disappointing.add(over);
    if (this.#ended) return;
    if (this.#answers >= this.#sought.answers) return this.#end('answered');
    // An answer in the hand: those under way are waited for, but none is begun for it.
    if (!good && this.#answers > 0) return this.#running === 0 ? this.#end('answered') : undefined;
    this.#fill();
  }

  #end(ending: Ending): void {
    this.#ended = true;
    if (this.#answers > 0) for (const link of this.#disappointing) link.disappointed();
    this.#sought.ended(ending);
  }
}
