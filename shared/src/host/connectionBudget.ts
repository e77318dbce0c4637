import type { ConnectionBudget } from '../swarm/context.ts';

/** What a session asks of its budget. */
export interface SessionBudget extends ConnectionBudget {
  /** @param spare ends a connection that is less needed, if there is one. Instead of one named before. */
  whenShort?(spare: () => boolean): void;
}

/** The page's one budget of connections (DESIGN: 60), shared by all shares. */
export class PageBudget implements SessionBudget {
  #left: number;
  #spare: () => boolean = () => false;

  constructor(connections = 60) {
    this.#left = connections;
  }

  get left(): number {
    return this.#left;
  }

  take(): boolean {
    if (this.#left <= 0 && !this.#spare()) return false;
    this.#left--;
    return true;
  }

  whenShort(spare: () => boolean): void {
    this.#spare = spare;
  }

  giveBack(): void {
    this.#left++;
  }
}
