import { toHex } from '../src/base/bytes.ts';
import type { Random } from '../src/base/random.ts';
import { type Access, Connection, type Endpoint } from './connection.ts';
import { Path } from './path.ts';
import type { World } from './world.ts';

/** ICE, DTLS and SCTP, in trips one way. */
const HANDSHAKE_TRIPS = 6;

/** Groups that cannot reach each other. */
export interface Partition {
  /** By a peer's name. */
  groupOf(peer: string): number;
  /** The one that the tracker is in; without one, everybody reaches it. */
  readonly tracker?: number;
}

/** What lies between the peers: brings together the two ends of an offer, and keeps them apart. */
export class Network {
  readonly #world: World;
  readonly #random: Random;
  readonly #ended: (endpoint: Endpoint) => void;
  readonly #offered: Endpoint[] = [];
  readonly #answered = new Map<number, Endpoint>();
  readonly #connections = new Set<Connection>();
  readonly #unplugged = new Set<string>();
  #partition: Partition | undefined;

  /** @param ended told of each end of an open connection. */
  constructor(world: World, ended: (endpoint: Endpoint) => void) {
    this.#world = world;
    this.#random = world.random.fork();
    this.#ended = ended;
  }

  /** Instead of one before. Connections across it are silent. */
  split(partition: Partition): void {
    this.#partition = partition;
    this.#world.trace?.(this.#world.now, { type: 'network', state: 'split' });
    this.#review();
  }

  heal(): void {
    this.#partition = undefined;
    this.#world.trace?.(this.#world.now, { type: 'network', state: 'healed' });
    this.#review();
  }

  /** Nobody reaches this peer, nor it anybody. */
  unplug(peer: string): void {
    this.#unplugged.add(peer);
    this.#review();
  }

  plugIn(peer: string): void {
    this.#unplugged.delete(peer);
    this.#review();
  }

  /** This peer has another address: what it has open leads nowhere any more, what is opened from now on does. */
  readdress(peer: string): void {
    for (const connection of this.#connections)
      if (connection.ends.some(({ access }) => access.name === peer)) connection.strand();
  }

  reachesTracker(peer: string): boolean {
    if (this.#unplugged.has(peer)) return false;
    const { tracker } = this.#partition ?? {};
    return tracker === undefined || this.#partition?.groupOf(peer) === tracker;
  }

  /** The number under which the other side may answer. */
  offer(initiator: Endpoint): number {
    return this.#offered.push(initiator) - 1;
  }

  answer(number: number, responder: Endpoint): void {
    this.#answered.set(number, responder);
  }

  /** The answer has come back: both ends hear of it when they have shaken hands. */
  connect(number: number): void {
    const a = this.#offered[number];
    const b = this.#answered.get(number);
    if (a === undefined || b === undefined) return;
    const path = this.#pathBetween(a.access, b.access);
    this.#world.after(HANDSHAKE_TRIPS * path.latency, () => {
      if (a.ended || b.ended || this.#isCut(a, b)) return;
      this.#connections.add(new Connection(this.#world, a, b, path, (end) => this.#gone(end)));
    });
  }

  /** The other end notices, a trip later. */
  end(endpoint: Endpoint): void {
    if (endpoint.connection !== undefined) endpoint.connection.end(endpoint);
    else endpoint.end();
  }

  /** The other end notices that nobody answers any more. */
  vanish(endpoint: Endpoint): void {
    if (endpoint.connection !== undefined) endpoint.connection.vanish(endpoint);
    else endpoint.end();
  }

  #gone(endpoint: Endpoint): void {
    const { connection } = endpoint;
    if (connection?.ends.every(({ ended }) => ended) === true) this.#connections.delete(connection);
    this.#ended(endpoint);
  }

  #pathBetween(a: Access, b: Access): Path {
    return new Path(this.#random, {
      latency: a.latency + b.latency,
      jitter: a.jitter + b.jitter,
      loss: a.loss + b.loss,
    });
  }

  #review(): void {
    for (const connection of this.#connections) connection.setCut(this.#isCut(...connection.ends));
  }

  #isCut({ access: a }: Endpoint, { access: b }: Endpoint): boolean {
    if (this.#unplugged.has(a.name) || this.#unplugged.has(b.name)) return true;
    return (
      this.#partition !== undefined && this.#partition.groupOf(a.name) !== this.#partition.groupOf(b.name)
    );
  }
}

/** A session description as browsers write them, as far as anybody looks. */
export function description(number: number, fingerprint: string): string {
  const lines = [
    'v=0',
    `o=- ${number} 1 IN IP4 127.0.0.1`,
    's=-',
    't=0 0',
    'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
    `a=fingerprint:${fingerprint}`,
  ];
  return `${lines.join('\r\n')}\r\n`;
}

export function numberIn(sdp: string): number {
  return Number(/^o=- (\d+)/m.exec(sdp)?.[1]);
}

export function fingerprintOf(certificate: Uint8Array): string {
  return `sha-256 ${toHex(certificate).toUpperCase().match(/../g)?.join(':') ?? ''}`;
}
