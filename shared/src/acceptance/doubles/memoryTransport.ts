import type { Bytes } from '../../base/bytes.ts';
import { toHex } from '../../base/bytes.ts';
import type { Random } from '../../base/random.ts';
import type { Time } from '../../base/time.ts';
import type { Clock, Fingerprints, Lane, PeerKey, Transport, TransportEvents } from '../../host/ports.ts';
import { checkDescription } from '../../wire/description.ts';
import type { Signal } from '../../wire/signal.ts';

const WINDOW = 512 * 1024;
const LATENCY = 5;

/** One end of a connection. */
interface End {
  readonly owner: MemoryTransport;
  readonly peer: PeerKey;
  readonly lane: Lane;
  readonly role: 'initiator' | 'responder';
  readonly fingerprint: string;
  other: End | undefined;
  open: boolean;
  /** When what was sent last will have arrived. */
  busyUntil: Time;
}

/** A network in memory: every transport on it can reach every other, some milliseconds away. */
export class MemoryNetwork {
  readonly clock: Clock;
  /** Bytes a millisecond, each way of each connection. */
  readonly rate: number;
  /** All frames ever delivered; for tests that count. */
  delivered = 0;
  readonly #random: Random;
  readonly #offers = new Map<string, End>();

  constructor(clock: Clock, random: Random, rate = Number.POSITIVE_INFINITY) {
    this.clock = clock;
    this.#random = random;
    this.rate = rate;
  }

  transport(events: TransportEvents): MemoryTransport {
    return new MemoryTransport(this, events);
  }

  /** A certificate's fingerprint, and the name by which a description finds its connection. */
  newFingerprint(): string {
    return `sha-256 ${Array.from(this.#random.bytes(32), (byte) => toHex(Uint8Array.of(byte)).toUpperCase()).join(':')}`;
  }

  announce(end: End): void {
    this.#offers.set(end.fingerprint, end);
  }

  find(sdp: string): End | undefined {
    const checked = checkDescription(sdp);
    return checked.type === 'ok' ? this.#offers.get(checked.fingerprint) : undefined;
  }

  forget(end: End): void {
    this.#offers.delete(end.fingerprint);
  }
}

/** Connections without a browser: signalled, opened, paced and lost as the real ones are, each thing a little later. */
export class MemoryTransport implements Transport {
  readonly #network: MemoryNetwork;
  readonly #events: TransportEvents;
  readonly #ends = new Map<string, End>();

  constructor(network: MemoryNetwork, events: TransportEvents) {
    this.#network = network;
    this.#events = events;
  }

  /** Connections open or being made. */
  get connections(): number {
    return this.#ends.size;
  }

  open(peer: PeerKey, lane: Lane, role: 'initiator' | 'responder'): void {
    const fingerprint = this.#network.newFingerprint();
    const end: End = {
      owner: this,
      peer,
      lane,
      role,
      fingerprint,
      other: undefined,
      open: false,
      busyUntil: Number.NEGATIVE_INFINITY,
    };
    this.#ends.set(keyOf(peer, lane), end);
    this.#network.announce(end);
    if (role === 'initiator') this.#tell(end, { type: 'offer', sdp: describe(end) });
  }

  signal(peer: PeerKey, lane: Lane, signal: Signal): void {
    const end = this.#ends.get(keyOf(peer, lane));
    if (end === undefined || signal.type === 'candidate' || end.other !== undefined) return;
    const other = this.#network.find(signal.sdp);
    if (other === undefined) return this.#lose(end, 'the description is refused');
    end.other = other;
    if (end.role === 'responder') this.#tell(end, { type: 'answer', sdp: describe(end) });
    else this.#connect(end, other);
  }

  send(peer: PeerKey, lane: Lane, frames: readonly Bytes[]): void {
    const end = this.#ends.get(keyOf(peer, lane));
    for (const frame of frames.map(taken)) if (end?.open === true) this.#sendOne(end, frame);
  }

  close(peer: PeerKey, lane: Lane): void {
    const end = this.#ends.get(keyOf(peer, lane));
    if (end === undefined) return;
    this.#remove(end);
    const { other } = end;
    if (other?.other === end)
      this.#after(LATENCY, () => other.owner.#lose(other, 'closed by the other side'));
  }

  /** The page is gone without a word. */
  vanish(): void {
    for (const { peer, lane } of this.#ends.values()) this.close(peer, lane);
  }

  #connect(end: End, other: End): void {
    this.#after(LATENCY, () => {
      if (!this.#has(end) || !other.owner.#has(other)) return;
      for (const [one, two] of [
        [end, other],
        [other, end],
      ] as const) {
        one.open = true;
        one.owner.#opened(one, { local: one.fingerprint, remote: two.fingerprint });
      }
    });
  }

  #opened(end: End, fingerprints: Fingerprints): void {
    this.#events.opened(end.peer, end.lane, fingerprints);
    this.#events.credit(end.peer, end.lane, WINDOW);
    this.#events.route(end.peer, end.lane, { type: 'direct', roundTrip: 2 * LATENCY });
  }

  #sendOne(end: End, frame: Bytes): void {
    const { clock, rate } = this.#network;
    const { other } = end;
    end.busyUntil = Math.max(clock.now(), end.busyUntil) + frame.length / rate;
    const { length } = frame;
    this.#after(end.busyUntil - clock.now() + LATENCY, () => {
      if (other === undefined || !other.owner.#has(other) || !this.#has(end)) return;
      this.#network.delivered += length;
      other.owner.#events.frame(other.peer, other.lane, frame);
      if (this.#has(end)) this.#events.credit(end.peer, end.lane, length);
    });
  }

  #tell(end: End, signal: Signal): void {
    this.#after(0, () => {
      if (this.#has(end)) this.#events.signal(end.peer, end.lane, signal);
    });
  }

  #lose(end: End, reason: string): void {
    this.#after(0, () => {
      if (!this.#has(end)) return;
      this.#remove(end);
      this.#events.closed(end.peer, end.lane, reason);
    });
  }

  #has(end: End): boolean {
    return this.#ends.get(keyOf(end.peer, end.lane)) === end;
  }

  #remove(end: End): void {
    this.#ends.delete(keyOf(end.peer, end.lane));
    this.#network.forget(end);
  }

  #after(delay: number, call: () => void): void {
    this.#network.clock.at(this.#network.clock.now() + delay, call);
  }
}

/** The buffer leaves the sender, as it does on its way to another thread: whoever touches it again is found out. */
function taken(frame: Bytes): Bytes {
  if (frame.byteLength !== frame.buffer.byteLength) return frame.slice();
  return structuredClone(frame, { transfer: [frame.buffer] });
}

function keyOf(peer: PeerKey, lane: Lane): string {
  return `${peer}/${lane}`;
}

function describe({ fingerprint }: End): string {
  const lines = ['v=0', 'o=- 1 2 IN IP4 127.0.0.1', 's=-', 't=0 0'];
  const media = [
    'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
    'a=ice-ufrag:abcd',
    'a=ice-pwd:abcdefghijklmnopqrstuvwx',
    `a=fingerprint:${fingerprint}`,
  ];
  return [...lines, ...media, ''].join('\r\n');
}
