import { deleteOldest } from '../base/deleteOldest.ts';
import { SECOND, type Time } from '../base/time.ts';
import type { PathId } from './pathId.ts';
import type { NodeId } from './nodeId.ts';

const MAX_RETURN_PATHS = 500;
/** Less than what each hop remembers a path for. */
const LIFE = 15 * SECOND;

interface Return {
  readonly path: PathId;
  readonly at: Time;
}

/**
 * Paths over which somebody's signal has come: what is said in return goes back the same way. So who is new, and not to
 * be found by its place yet, is answered.
 */
export class ReturnPaths {
  readonly #paths = new Map<NodeId, Return>();

  remember(from: NodeId, path: PathId, now: Time): void {
    this.#paths.delete(from);
    if (this.#paths.size >= MAX_RETURN_PATHS) deleteOldest(this.#paths);
    this.#paths.set(from, { path, at: now });
  }

  to(id: NodeId, now: Time): PathId | undefined {
    const known = this.#paths.get(id);
    return known !== undefined && known.at + LIFE > now ? known.path : undefined;
  }
}
