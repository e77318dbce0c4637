import type { Bytes } from '../base/bytes.ts';
import type {
  IceConfiguration,
  Fingerprints,
  Lane,
  PeerKey,
  Transport,
  TransportEvents,
} from '../host/ports.ts';

/** Two transports that can reach each other, and how to wait in their world. */
/** Both ends are on this machine. */
export const NO_SERVERS: IceConfiguration = { servers: [], policy: 'all' };

export interface TransportPair {
  readonly here: Transport;
  readonly there: Transport;
  /** Lets the world go on until the promise settles. In real time, the promise itself; may give up by rejecting. */
  until<T>(awaited: Promise<T>): Promise<T>;
}

export type MakePair = (here: TransportEvents, there: TransportEvents) => TransportPair;
const PEER_THERE = peerKey(1);
const PEER_HERE = peerKey(2);
/** One end of a connection as the checks see it. */
class LaneLog {
  opened: Fingerprints[] = [];
  granted = 0;
  credit = 0;
  most = 0;
  sent = 0;
  received = 0;
  inOrder = true;
  closed = 0;
  events = 0;
  readonly #waiting = new Set<() => void>();

  /** Resolves at the first event after which the condition holds. */
  when(condition: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!condition()) return;
        this.#waiting.delete(look);
        resolve();
      };
      this.#waiting.add(look);
      look();
    });
  }

  happened(): void {
    this.events++;
    for (const look of [...this.#waiting]) look();
  }

  grant(bytes: number): void {
    this.granted += bytes;
    this.credit += bytes;
    this.most = Math.max(this.most, this.credit);
  }

  receive(bytes: Bytes): void {
    this.inOrder &&= bytes.every((byte, index) => byte === patternByte(this.received + index));
    this.received += bytes.length;
  }
}

/** One of the two transports. */
class End {
  readonly peer: PeerKey;
  strangers = 0;
  readonly #lanes = new Map<Lane, LaneLog>();
  #transport: Transport | undefined;
  #other: End | undefined;

  constructor(peer: PeerKey) {
    this.peer = peer;
  }

  get transport(): Transport {
    if (this.#transport === undefined) throw new Error('transport: expected one, not yet made');
    return this.#transport;
  }

  link(transport: Transport, other: End): void {
    this.#transport = transport;
    this.#other = other;
  }

  lane(lane: Lane): LaneLog {
    const log = this.#lanes.get(lane) ?? new LaneLog();
    this.#lanes.set(lane, log);
    return log;
  }

  forget(lane: Lane): void {
    this.#lanes.delete(lane);
  }

  close(): void {
    for (const lane of this.#lanes.keys()) this.transport.close(this.peer, lane);
  }

  events(): TransportEvents {
    const at = (peer: PeerKey, lane: Lane, act: (log: LaneLog) => void): void => {
      if (peer !== this.peer) this.strangers++;
      const log = this.lane(lane);
      act(log);
      log.happened();
    };
    return {
      signal: (peer, lane, signal) => {
        const other = this.#other;
        at(peer, lane, () => other?.transport.signal(other.peer, lane, signal));
      },
      opened: (peer, lane, fingerprints) => at(peer, lane, (log) => log.opened.push(fingerprints)),
      frame: (peer, lane, bytes) => at(peer, lane, (log) => log.receive(bytes)),
      credit: (peer, lane, bytes) => at(peer, lane, (log) => log.grant(bytes)),
      route: (peer, lane) => at(peer, lane, () => undefined),
      path: (peer, lane) => at(peer, lane, () => undefined),
      closed: (peer, lane) => at(peer, lane, (log) => log.closed++),
    };
  }
}

/** Both ends of a pair, with all that happened there. */
export class Ends {
  readonly here = new End(PEER_THERE);
  readonly there = new End(PEER_HERE);
  readonly #pair: TransportPair;

  constructor(makePair: MakePair) {
    this.#pair = makePair(this.here.events(), this.there.events());
    this.here.link(this.#pair.here, this.there);
    this.there.link(this.#pair.there, this.here);
  }

  until<T>(awaited: Promise<T>): Promise<T> {
    return this.#pair.until(awaited);
  }

  async connect(lane: Lane): Promise<void> {
    this.there.transport.open(this.there.peer, lane, 'responder', NO_SERVERS);
    this.here.transport.open(this.here.peer, lane, 'initiator', NO_SERVERS);
    for (const log of [this.here.lane(lane), this.there.lane(lane)])
      await this.until(log.when(() => log.opened.length > 0 && log.granted > 0));
  }

  /** Sends frames of these sizes, each when there is credit for it, and waits until all of them arrived. */
  async stream(from: End, lane: Lane, sizes: readonly number[]): Promise<void> {
    const log = from.lane(lane);
    for (const size of sizes) {
      await this.until(log.when(() => log.credit >= size));
      log.credit -= size;
      from.transport.send(from.peer, lane, [pattern(log.sent, size)]);
      log.sent += size;
    }
    await this.received(from === this.here ? this.there : this.here, lane, log.sent);
  }

  async received(at: End, lane: Lane, bytes: number): Promise<void> {
    const log = at.lane(lane);
    await this.until(log.when(() => log.received >= bytes));
  }

  end(): void {
    this.here.close();
    this.there.close();
  }
}

export function peerKey(number: number): PeerKey {
  return number as PeerKey;
}

/** Tells every place of the first 16 MiB from its neighbours, so that no shift or swap goes unnoticed. */
function patternByte(place: number): number {
  return (place ^ (place >> 8) ^ (place >> 16)) & 0xff;
}

/** The bytes of the stream from `start`. */
export function pattern(start: number, length: number): Bytes {
  return Uint8Array.from({ length }, (_, index) => patternByte(start + index));
}
