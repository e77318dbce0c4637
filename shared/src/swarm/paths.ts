import type { PeerId } from '../base/ids.ts';
import type { SwarmContext } from './context.ts';
import type { Lane } from './io.ts';
import type { Signalling } from './pathDoubt.ts';
import type { Peer } from './peer.ts';

/** What is heard of the ways to peers and to the tracker, and which of the first lead nowhere any more. */
export class Paths {
  readonly #context: SwarmContext;
  readonly #signalling: Signalling = {
    backAt: Number.NEGATIVE_INFINITY,
    answeredAt: Number.NEGATIVE_INFINITY,
  };

  constructor(context: SwarmContext) {
    this.#context = context;
  }

  /** Further lanes share the way of lane 0, or end by themselves. */
  told(peer: PeerId, lane: Lane, state: 'gone' | 'there'): void {
    const doubt = lane === 0 ? this.#context.peers.get(peer)?.doubt : undefined;
    if (state === 'gone') doubt?.gone(this.#context.now);
    else doubt?.dispel();
  }

  networkChanged(): void {
    for (const { doubt } of this.#context.peers.values()) doubt.networkChanged(this.#context.now);
  }

  /** The tracker is there again, or for the first time. */
  trackerConnected(): void {
    this.#signalling.backAt = this.#context.now;
  }

  trackerAnswered(): void {
    this.#signalling.answeredAt = this.#context.now;
  }

  /** Peers to be connected with anew. */
  get lost(): Peer[] {
    const { now, peers } = this.#context;
    return [...peers.values()].filter(({ doubt }) => doubt.isOver(now, this.#signalling));
  }
}
