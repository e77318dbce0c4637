import type { Bytes } from '../../base/bytes.ts';
import type { PeerId } from '../../base/ids.ts';
import type { Random } from '../../base/random.ts';
import { SECOND, type Time } from '../../base/time.ts';
import type { Lane } from '../io.ts';

/** What the Transport lets a peer send before anything has drained. */
const WINDOW = 1024 * 1024;
const SIGNAL_DELAY = 20;

interface Due {
  readonly at: Time;
  readonly order: number;
  readonly run: () => void;
}

/** One end of a connection's other end. */
export interface Station {
  readonly id: PeerId;
  /** False: what is sent to it never leaves the sender's buffer. */
  readonly drains?: boolean;
  relayed(from: PeerId, sealed: Bytes): void;
  opened(link: Link, peer: PeerId, fingerprints: { local: string; remote: string }): void;
  received(link: Link, peer: PeerId, bytes: Bytes): void;
  granted(link: Link, peer: PeerId, bytes: number): void;
  closed(link: Link, peer: PeerId): void;
}

/** A connection between two stations; bytes keep their order, each way. */
export interface Link {
  readonly ends: readonly [PeerId, PeerId];
  readonly arrivals: Map<PeerId, Time>;
  readonly offer: string;
  readonly lane: Lane;
  closed: boolean;
}

/** Stations, links between them, a relay for signals, and the clock by which everything happens. */
export class TestNetwork {
  now: Time = 0;
  readonly random: Random;
  readonly stations = new Map<PeerId, Station>();
  /** All there have been. */
  readonly links: Link[] = [];
  /** How long bytes are on their way, drawn for each sending. */
  latency = { least: 1, most: 10 };
  /** Bytes a second that each connection carries each way. */
  rate = Number.POSITIVE_INFINITY;
  #due: Due[] = [];
  #order = 0;

  constructor(random: Random) {
    this.random = random;
  }

  after(delay: number, run: () => void): void {
    const due = { at: this.now + delay, order: this.#order++, run };
    let place = this.#due.length;
    while (place > 0 && isLater(this.#due[place - 1], due)) place--;
    this.#due.splice(place, 0, due);
  }

  /** Lets time pass, until it is used up or the test has what it waited for. */
  run(duration: number, done: () => boolean = () => false): boolean {
    const end = this.now + duration;
    while (!done()) {
      const [next] = this.#due;
      if (next === undefined || next.at > end) {
        this.now = end;
        return done();
      }
      this.#due.shift();
      this.now = Math.max(this.now, next.at);
      next.run();
    }
    return true;
  }

  relay(from: PeerId, to: PeerId, sealed: Bytes): void {
    this.after(SIGNAL_DELAY * (0.5 + this.random.next()), () =>
      this.stations.get(to)?.relayed(from, sealed.slice()),
    );
  }

  /** Both ends hear of it at about the same time. */
  connect(initiator: PeerId, responder: PeerId, offer: string, lane: Lane): void {
    const link: Link = { ends: [initiator, responder], arrivals: new Map(), offer, lane, closed: false };
    this.links.push(link);
    const prints = new Map(link.ends.map((end) => [end, this.#fingerprint()]));
    for (const end of link.ends) {
      const other = otherEnd(link, end);
      const fingerprints = { local: prints.get(end) ?? '', remote: prints.get(other) ?? '' };
      this.#arrive(link, end, 0, () => {
        this.stations.get(end)?.opened(link, other, fingerprints);
        this.stations.get(end)?.granted(link, other, WINDOW);
      });
    }
  }

  send(link: Link, from: PeerId, bytes: Bytes): void {
    const to = otherEnd(link, from);
    const taken = (bytes.length / this.rate) * SECOND;
    this.#arrive(link, to, taken, () => {
      const station = this.stations.get(to);
      if (station?.drains === false) return;
      station?.received(link, from, bytes);
      this.stations.get(from)?.granted(link, to, bytes.length);
    });
  }

  close(link: Link, from: PeerId): void {
    const to = otherEnd(link, from);
    link.closed = true;
    this.#arrive(link, to, 0, () => this.stations.get(to)?.closed(link, from));
  }

  /** The connection is lost, without either side's doing. */
  lose(link: Link): void {
    for (const end of link.ends) this.close(link, end);
  }

  #arrive(link: Link, to: PeerId, taken: Time, run: () => void): void {
    const { least, most } = this.latency;
    const at = this.now + least + (most - least) * this.random.next();
    const inOrder = Math.max(at, (link.arrivals.get(to) ?? 0) + taken);
    link.arrivals.set(to, inOrder);
    this.after(inOrder - this.now, run);
  }

  #fingerprint(): string {
    const bytes = [...this.random.bytes(32)].map((byte) => byte.toString(16).padStart(2, '0').toUpperCase());
    return `sha-256 ${bytes.join(':')}`;
  }
}

function isLater(a: Due | undefined, b: Due): boolean {
  return a !== undefined && a.at > b.at;
}

function otherEnd({ ends: [a, b] }: Link, end: PeerId): PeerId {
  return end === a ? b : a;
}

/** A description that passes, and can be told from others. */
export function describe(mark: string): string {
  const print = new Array<string>(32).fill('AB').join(':');
  return `v=0\r\ns=${mark}\r\nm=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\na=fingerprint:sha-256 ${print}\r\n`;
}

/** What `describe` was given. */
export function markOf(sdp: string): string {
  return /s=(.*)\r/.exec(sdp)?.[1] ?? '';
}
