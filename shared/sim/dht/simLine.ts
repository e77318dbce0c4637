import type { LinkKey } from '../../src/dht/link.ts';
import type { SimNode } from './simNode.ts';

/** One end of an open connection, as the other one sees it. */
export interface SimLine {
  readonly other: SimNode;
  /** The other end's number for it. */
  readonly theirs: LinkKey;
  /** Milliseconds one way. */
  readonly latency: number;
}
