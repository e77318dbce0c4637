import { PageBudget } from '../src/host/connectionBudget.ts';
import type { SwarmInput, SwarmOutput } from '../src/swarm/io.ts';
import { Downlink, Uplink } from './line.ts';
import type { Surroundings } from './peerTraits.ts';
import type { Observed, Referee } from './referee.ts';
import type { SimSelf } from './simSelf.ts';
import { SimSpeech } from './simSpeech.ts';
import { SimTransport } from './simTransport.ts';

/** A simulated peer's connections, over the one line it has, as many as its page may have. */
export class SimConnections {
  readonly budget: PageBudget;
  readonly #peer: Observed;
  readonly #referee: Referee;
  readonly #places: number;
  readonly #up: Uplink;
  readonly #transport: SimTransport;
  readonly #speech: SimSpeech;

  constructor(surroundings: Surroundings, self: SimSelf, feed: (input: SwarmInput) => void) {
    const { world, network, referee } = surroundings;
    const { peer, traits, rival, clock } = self;
    this.budget = new PageBudget(rival.connections ?? traits.connections);
    this.#peer = peer;
    this.#referee = referee;
    this.#places = this.budget.left;
    this.#up = new Uplink(world, traits.up);
    const { name, latency, jitter = 0, loss = 0 } = traits;
    const access = { name, clock, up: this.#up, down: new Downlink(traits.down), latency, jitter, loss };
    this.#transport = new SimTransport(world, network, peer.peerId, access, feed);
    this.#speech = new SimSpeech(peer, this.#transport, referee, rival.says);
  }

  /** Bytes that have left the line, small messages not counted. */
  get carried(): number {
    return this.#up.carried;
  }

  perform(output: SwarmOutput & { type: 'open' | 'signal' | 'send' | 'close' }): void {
    switch (output.type) {
      case 'open':
        return this.#transport.open(output.peer, output.role);
      case 'signal':
        return this.#transport.signal(output.peer, output.signal);
      case 'send':
        return this.#speech.send(output);
      case 'close':
        return this.#transport.close(output.peer);
    }
  }

  closeAll(): void {
    this.#transport.closeAll();
  }

  /** All end without the other sides' hearing of it. */
  vanish(): void {
    this.#transport.vanish();
  }

  /** Has the referee compare those there are with those that are counted. */
  count(): void {
    if (!Number.isFinite(this.#places)) return;
    this.#referee.connections(this.#peer, this.#transport.size, this.#places - this.budget.left);
  }
}
