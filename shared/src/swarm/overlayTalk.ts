import type { Bytes } from '../base/bytes.ts';
import type { PeerId } from '../base/ids.ts';
import type { SwarmContext } from './context.ts';
import type { Peer } from './peer.ts';

/** With a peer so far behind, messages of the DHT are lost: a node takes other ways, and tries again. */
const MAX_BACKLOG = 256 * 1024;

/** The DHT's messages on the swarm's connections: passed between the host and those peers that speak its extension too. */
export class OverlayTalk {
  readonly #context: SwarmContext;
  readonly #open = new Set<PeerId>();
  #on = false;

  constructor(context: SwarmContext) {
    this.#context = context;
  }

  turn(on: boolean): void {
    this.#on = on;
    for (const peer of this.#context.peers.values()) this.review(peer);
  }

  /** Whether both speak it may have changed. */
  review({ id, extensions }: Peer): void {
    const open = this.#on && extensions?.shoal === true && extensions.overlay !== undefined;
    if (open === this.#open.has(id)) return;
    if (open) this.#open.add(id);
    else this.#open.delete(id);
    this.#context.emit({ type: open ? 'overlayOpened' : 'overlayClosed', peer: id });
  }

  left({ id }: Peer): void {
    this.#open.delete(id);
  }

  send(to: PeerId, payload: Bytes): void {
    const peer = this.#open.has(to) ? this.#context.peers.get(to) : undefined;
    const id = peer?.extensions?.overlay;
    if (peer !== undefined && id !== undefined && peer.credit(0) > -MAX_BACKLOG)
      peer.send({ type: 'extended', id, payload });
  }

  /** False when we do not speak it with that peer: what comes was on its way when that ended. */
  received({ id }: Peer, payload: Bytes): boolean {
    if (this.#open.has(id))
      this.#context.emit({ type: 'overlayReceived', peer: id, payload: payload.slice() });
    return this.#open.has(id);
  }
}
