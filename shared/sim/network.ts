import { toHex } from '../src/base/bytes.ts';
import type { PeerId } from '../src/base/ids.ts';
import type { SwarmInput } from '../src/swarm/io.ts';
import type { Downlink, Uplink } from './line.ts';
import { Pipe, SEND_BUFFER } from './pipe.ts';
import type { World } from './world.ts';

/** ICE, DTLS and SCTP, in trips one way. */
const HANDSHAKE_TRIPS = 6;

/** A peer's access to the network. */
export interface Access {
  readonly up: Uplink;
  readonly down: Downlink;
  /** Milliseconds from here to the middle of the network. */
  readonly latency: number;
}

/** One peer's side of a connection, from the wish for one until its end. */
export class Endpoint {
  readonly self: PeerId;
  readonly remote: PeerId;
  readonly access: Access;
  readonly fingerprint: string;
  readonly feed: (input: SwarmInput) => void;
  /** Where what is sent goes in, while the connection is open. */
  outgoing: Pipe | undefined;
  other: Endpoint | undefined;
  ended = false;

  /** Bytes that wait in the buffer. */
  get queued(): number {
    return this.outgoing?.queued ?? 0;
  }

  constructor(
    self: PeerId,
    remote: PeerId,
    access: Access,
    fingerprint: string,
    feed: (input: SwarmInput) => void,
  ) {
    this.self = self;
    this.remote = remote;
    this.access = access;
    this.fingerprint = fingerprint;
    this.feed = feed;
  }
}

/** What lies between the peers: brings together the two ends of an offer, and takes them apart. */
export class Network {
  readonly #world: World;
  readonly #ended: (endpoint: Endpoint) => void;
  readonly #offered: Endpoint[] = [];
  readonly #answered = new Map<number, Endpoint>();

  /** @param ended told of each end of an open connection. */
  constructor(world: World, ended: (endpoint: Endpoint) => void) {
    this.#world = world;
    this.#ended = ended;
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
    const latency = a.access.latency + b.access.latency;
    this.#world.after(HANDSHAKE_TRIPS * latency, () => {
      if (a.ended || b.ended) return;
      a.other = b;
      b.other = a;
      a.outgoing = this.#pipe(a, b, latency);
      b.outgoing = this.#pipe(b, a, latency);
      this.#announce(a, b);
      this.#announce(b, a);
    });
  }

  /** The other end notices, a trip later. */
  end(endpoint: Endpoint): void {
    if (endpoint.ended) return;
    this.#finish(endpoint);
    const { other } = endpoint;
    if (other === undefined || other.ended) return;
    other.outgoing?.close();
    this.#world.after(endpoint.access.latency + other.access.latency, () => {
      if (other.ended) return;
      this.#finish(other);
      other.feed({ type: 'closed', peer: other.remote, lane: 0 });
    });
  }

  #finish(endpoint: Endpoint): void {
    endpoint.ended = true;
    endpoint.outgoing?.close();
    this.#ended(endpoint);
  }

  #announce(end: Endpoint, other: Endpoint): void {
    const fingerprints = { local: end.fingerprint, remote: other.fingerprint };
    feed(end, { type: 'opened', peer: end.remote, lane: 0, fingerprints });
    feed(end, { type: 'credit', peer: end.remote, lane: 0, bytes: SEND_BUFFER });
  }

  #pipe(from: Endpoint, to: Endpoint, latency: number): Pipe {
    return new Pipe(this.#world, {
      from: from.access.up,
      to: to.access.down,
      latency,
      credit: (bytes) => feed(from, { type: 'credit', peer: from.remote, lane: 0, bytes }),
      received: (bytes) => feed(to, { type: 'received', peer: to.remote, lane: 0, bytes }),
    });
  }
}

function feed(endpoint: Endpoint, input: SwarmInput): void {
  if (!endpoint.ended) endpoint.feed(input);
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
