import type { Bytes } from '../src/base/bytes.ts';
import type { PeerId } from '../src/base/ids.ts';
import type { SwarmInput } from '../src/swarm/io.ts';
import type { Signal } from '../src/wire/signal.ts';
import { type Access, Endpoint } from './connection.ts';
import { description, fingerprintOf, type Network, numberIn } from './network.ts';
import type { World } from './world.ts';

/** How long a browser thinks about an offer or an answer, in milliseconds. */
const NEGOTIATION = 10;

/** One peer's connections, made as the page's transport makes them: by signals that somebody else carries. */
export class SimTransport {
  readonly #world: World;
  readonly #network: Network;
  readonly #self: PeerId;
  readonly #access: Access;
  readonly #fingerprint: string;
  readonly #feed: (input: SwarmInput) => void;
  readonly #endpoints = new Map<PeerId, Endpoint>();

  constructor(
    world: World,
    network: Network,
    self: PeerId,
    access: Access,
    feed: (input: SwarmInput) => void,
  ) {
    this.#world = world;
    this.#network = network;
    this.#self = self;
    this.#access = access;
    this.#fingerprint = fingerprintOf(world.random.bytes(32));
    this.#feed = feed;
  }

  /** Connections under way or open. */
  get size(): number {
    return this.#endpoints.size;
  }

  /** The endpoint, while the connection is open. */
  endpoint(peer: PeerId): Endpoint | undefined {
    const endpoint = this.#endpoints.get(peer);
    return endpoint?.outgoing === undefined || endpoint.ended ? undefined : endpoint;
  }

  open(peer: PeerId, role: 'initiator' | 'responder'): void {
    this.close(peer);
    const endpoint: Endpoint = new Endpoint(this.#self, peer, this.#access, this.#fingerprint, (input) =>
      this.#heard(endpoint, input),
    );
    this.#endpoints.set(peer, endpoint);
    if (role === 'initiator') this.#describe(endpoint, 'offer', this.#network.offer(endpoint));
  }

  signal(peer: PeerId, signal: Signal): void {
    const endpoint = this.#endpoints.get(peer);
    if (endpoint === undefined || signal.type === 'candidate') return;
    const number = numberIn(signal.sdp);
    if (signal.type === 'answer') return this.#network.connect(number);
    this.#network.answer(number, endpoint);
    this.#describe(endpoint, 'answer', number);
  }

  send(peer: PeerId, frames: readonly Bytes[]): void {
    this.#endpoints.get(peer)?.outgoing?.send(frames);
  }

  close(peer: PeerId): void {
    const endpoint = this.#endpoints.get(peer);
    this.#endpoints.delete(peer);
    if (endpoint !== undefined) this.#network.end(endpoint);
  }

  closeAll(): void {
    for (const peer of [...this.#endpoints.keys()]) this.close(peer);
  }

  /** Every connection ends without the other side's hearing of it. */
  vanish(): void {
    for (const endpoint of this.#endpoints.values()) this.#network.vanish(endpoint);
    this.#endpoints.clear();
  }

  #heard(endpoint: Endpoint, input: SwarmInput): void {
    const { clock } = this.#access;
    if (clock.asleep) clock.whenAwake(() => this.#take(endpoint, input));
    else this.#take(endpoint, input);
  }

  /** Late news of a connection that was replaced reach nobody. */
  #take(endpoint: Endpoint, input: SwarmInput): void {
    if (this.#endpoints.get(endpoint.remote) !== endpoint) return;
    if (input.type === 'closed') this.#endpoints.delete(endpoint.remote);
    this.#feed(input);
  }

  #describe(endpoint: Endpoint, type: 'offer' | 'answer', number: number): void {
    const signal = { type, sdp: description(number, this.#fingerprint) };
    this.#world.after(NEGOTIATION, () => {
      endpoint.feed({ type: 'localSignal', peer: endpoint.remote, lane: 0, signal });
    });
  }
}
