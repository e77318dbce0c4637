import type { PeerId } from '../src/base/ids.ts';
import { SECOND, type Time } from '../src/base/time.ts';
import type { SwarmInput } from '../src/swarm/io.ts';
import type { Downlink, Uplink } from './line.ts';
import type { MachineClock } from './machineClock.ts';
import type { Path } from './path.ts';
import { Pipe, SEND_BUFFER } from './pipe.ts';
import type { World } from './world.ts';

/** A browser says that nothing comes when the other end has not answered its checks for so long. */
const DISCONNECTED = 5 * SECOND;
/** A browser gives a connection up when the other end has not answered its checks for so long (RFC 7675). */
const CONSENT = 30 * SECOND;
/** What was not acknowledged is sent again so soon, once the path is there again. */
const RETRANSMISSION = 400;

/** A peer's access to the network. */
export interface Access {
  /** Whose it is: the same across a peer's returns. */
  readonly name: string;
  readonly clock: MachineClock;
  readonly up: Uplink;
  readonly down: Downlink;
  /** Milliseconds from here to the middle of the network. */
  readonly latency: Time;
  /** What packets may take longer, at most. */
  readonly jitter: Time;
  /** Chance that a packet is lost on this side. */
  readonly loss: number;
}

/** One peer's side of a connection, from the wish for one until its end. */
export class Endpoint {
  readonly self: PeerId;
  readonly remote: PeerId;
  readonly access: Access;
  readonly fingerprint: string;
  readonly #feed: (input: SwarmInput) => void;
  /** Once it is open. */
  connection: Connection | undefined;
  /** Where what is sent goes in, while the connection is open. */
  outgoing: Pipe | undefined;
  other: Endpoint | undefined;
  ended = false;

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
    this.#feed = feed;
  }

  /** Bytes that wait in the buffer. */
  get queued(): number {
    return this.outgoing?.queued ?? 0;
  }

  feed(input: SwarmInput): void {
    if (!this.ended) this.#feed(input);
  }

  /** Nothing goes in or comes out any more. */
  end(): void {
    this.ended = true;
    this.outgoing?.close();
  }

  /** It has ended without this side's doing. */
  tellClosed(): void {
    this.#feed({ type: 'closed', peer: this.remote, lane: 0 });
  }
}

/** An open connection between two peers, until both its ends are gone. */
export class Connection {
  readonly ends: readonly [Endpoint, Endpoint];
  readonly #world: World;
  readonly #path: Path;
  readonly #ended: (endpoint: Endpoint) => void;
  #cutAt: Time | undefined;
  #carriesSince: Time;
  /** One end is gone: whatever happens to the path, nothing gets through any more. */
  #over = false;

  /** @param ended told of each end. */
  constructor(world: World, a: Endpoint, b: Endpoint, path: Path, ended: (endpoint: Endpoint) => void) {
    this.ends = [a, b];
    this.#world = world;
    this.#path = path;
    this.#ended = ended;
    this.#carriesSince = world.now;
    this.#join(a, b);
    this.#join(b, a);
    for (const end of this.ends) this.#tell('connected', end);
    for (const end of this.ends) this.#announce(end);
  }

  /** Since when what is sent gets through; nothing while it does not. */
  get carriesSince(): Time | undefined {
    return this.#path.cut ? undefined : this.#carriesSince;
  }

  /** Nothing gets through, or it does again. Both ends notice when it lasts. */
  setCut(cut: boolean): void {
    if (cut === this.#path.cut || this.#over) return;
    this.#path.cut = cut;
    this.#cutAt = cut ? this.#world.now : undefined;
    this.#carriesSince = this.#world.now;
    if (cut) for (const end of this.ends) this.#noticeInTime(end, this.#world.now);
    else this.#world.after(RETRANSMISSION, () => this.#resume());
  }

  /** The other end notices a trip later, where it can hear of it. */
  end(endpoint: Endpoint): void {
    if (this.#path.cut) return this.vanish(endpoint);
    const { other } = endpoint;
    this.#finish(endpoint);
    if (other === undefined || other.ended) return;
    other.outgoing?.close();
    this.#world.after(this.#path.latency, () => this.#lose(other));
  }

  /** Whatever the network does, nothing gets through any more. */
  strand(): void {
    this.setCut(true);
    this.#over = true;
  }

  /** The end is gone without a word: the other one notices that nobody answers. */
  vanish(endpoint: Endpoint): void {
    this.strand();
    this.#finish(endpoint);
  }

  #resume(): void {
    for (const end of this.ends) {
      end.outgoing?.resume();
      this.#tellPath(end, 'there');
    }
  }

  #join(from: Endpoint, to: Endpoint): void {
    from.connection = this;
    from.other = to;
    from.outgoing = new Pipe(this.#world, {
      from: from.access.up,
      to: to.access.down,
      path: this.#path,
      credit: (bytes) => from.feed({ type: 'credit', peer: from.remote, lane: 0, bytes }),
      received: (bytes) => to.feed({ type: 'received', peer: to.remote, lane: 0, bytes }),
    });
  }

  #announce(end: Endpoint): void {
    const fingerprints = { local: end.fingerprint, remote: end.other?.fingerprint ?? '' };
    end.feed({ type: 'opened', peer: end.remote, lane: 0, fingerprints });
    end.feed({ type: 'credit', peer: end.remote, lane: 0, bytes: SEND_BUFFER });
  }

  /** Each end goes by its own clock, which may stand still meanwhile. */
  #noticeInTime(end: Endpoint, cutAt: Time): void {
    const { clock } = end.access;
    const isCut = () => this.#cutAt === cutAt || end.other?.ended === true;
    clock.at(clock.now() + DISCONNECTED, () => {
      if (isCut()) this.#tellPath(end, 'gone');
    });
    clock.at(clock.now() + CONSENT, () => {
      if (isCut()) this.#lose(end);
    });
  }

  #tellPath(end: Endpoint, state: 'gone' | 'there'): void {
    end.feed({ type: 'path', peer: end.remote, lane: 0, state });
  }

  #lose(endpoint: Endpoint): void {
    if (endpoint.ended) return;
    this.#path.cut = true;
    this.#over = true;
    this.#finish(endpoint);
    endpoint.tellClosed();
  }

  #finish(endpoint: Endpoint): void {
    if (endpoint.ended) return;
    endpoint.end();
    this.#tell('disconnected', endpoint);
    this.#ended(endpoint);
  }

  #tell(type: 'connected' | 'disconnected', { access, other }: Endpoint): void {
    this.#world.trace?.(this.#world.now, { type, peer: access.name, other: other?.access.name ?? '' });
  }
}
