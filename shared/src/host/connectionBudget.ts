import type { ConnectionBudget } from '../swarm/context.ts';

/** The page's one budget of connections (DESIGN: 60), shared by all shares. */
export class PageBudget implements ConnectionBudget {
  #left: number;

  constructor(connections = 60) {
    this.#left = connections;
  }

  get left(): number {
    return this.#left;
  }

  take(): boolean {
    if (this.#left <= 0) return false;
    this.#left--;
    return true;
  }

  giveBack(): void {
    this.#left++;
  }
}
