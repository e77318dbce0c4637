import type { Bytes } from '../src/base/bytes.ts';
import { Bitfield } from '../src/base/bitfield.ts';
import { SECOND, type Time } from '../src/base/time.ts';
import type { PieceIndex } from '../src/content/layout.ts';
import type { Message } from '../src/wire/message.ts';
import { ConversationTap } from './conversationTap.ts';
import type { Endpoint } from './connection.ts';
import { SEND_BUFFER } from './pipe.ts';
import { DuplicateAudit, RequestAudit } from './requestAudit.ts';
import type { SimContent } from './simContent.ts';
import { saidOf } from './trace.ts';
import { Violation } from './violation.ts';
import type { World } from './world.ts';

/** Beyond the credit: what is said without asking for credit, haves above all. */
const MOST_UNCREDITED = 1024 * 1024;
/** Pieces on their way to the disk and off it: what the swarm allows itself, and one more of each. */
const MOST_PENDING = 96 * 1024 * 1024;

/** How often it is looked for requests that nobody answers. */
const CHECK_INTERVAL = 60 * SECOND;

/** What the referee may know of a peer. */
export interface Observed {
  readonly name: string;
  readonly pieces: ReadonlySet<PieceIndex>;
  /** Whether it wants a piece that is not here. */
  lacks(piece: PieceIndex): boolean;
  /** False: what it does is not judged, only what is done to it. */
  readonly honest: boolean;
}

interface Watched {
  readonly peer: Observed;
  readonly tap: ConversationTap;
  readonly requests: RequestAudit;
}

/** Watches everything peers do and say, and ends the run at the first thing that must never happen. */
export class Referee {
  readonly #world: World;
  readonly #content: SimContent;
  readonly #watched = new Map<Endpoint, Watched>();
  readonly #duplicates = new Map<Observed, DuplicateAudit>();
  readonly #pending = new Map<Observed, number>();
  #nextCheck: Time = 0;

  constructor(world: World, content: SimContent) {
    this.#world = world;
    this.#content = content;
  }

  /** Bytes are about to go into a connection. */
  sent(peer: Observed, endpoint: Endpoint, frames: readonly Bytes[]): void {
    const watched = this.#watch(peer, endpoint);
    for (const frame of frames) {
      const messages = watched.tap.push(frame);
      this.#expect(peer, messages === undefined ? 'sends what is no message' : undefined);
      for (const message of messages ?? []) this.#said(peer, endpoint, watched, message);
    }
  }

  /** Everything that a peer wanted done at once has been done. */
  stepped(peer: Observed): void {
    if (this.#world.now >= this.#nextCheck) this.checkAnswers();
    this.#expect(peer, this.#duplicates.get(peer)?.excess);
  }

  /** Bytes have gone in: the buffer holds so many now. */
  queued(peer: Observed, bytes: number): void {
    if (bytes > SEND_BUFFER + MOST_UNCREDITED) this.#fail(peer, `holds ${bytes} bytes in one send buffer`);
  }

  /** A peer has so many connections, under way or open, and thinks it has so many. */
  connections(peer: Observed, actual: number, counted: number): void {
    if (actual !== counted)
      throw new Violation(this.#world, `${peer.name} has ${actual} connections and counts ${counted}`);
  }

  closed(endpoint: Endpoint): void {
    this.#watched.get(endpoint)?.requests.end();
    this.#watched.delete(endpoint);
  }

  /** A piece goes to the disk. */
  stores(peer: Observed, piece: PieceIndex, bytes: Bytes): void {
    const whole = bytes.length === this.#content.layout.sizeOf(piece);
    if (!whole || !this.#content.isTrue(piece, 0, bytes)) this.#fail(peer, `stores a false piece ${piece}`);
  }

  /** A piece is on its way to a disk or off it, or no longer. */
  pending(peer: Observed, change: number): void {
    const bytes = (this.#pending.get(peer) ?? 0) + change;
    this.#pending.set(peer, bytes);
    if (bytes > MOST_PENDING) this.#fail(peer, `holds ${bytes} bytes on their way to or from the disk`);
  }

  completes(peer: Observed): void {
    const lacked = [...this.#content.layout.indices()].find((piece) => peer.lacks(piece));
    if (lacked !== undefined) this.#fail(peer, `says it is complete and lacks piece ${lacked}`);
  }

  /** Now and then, and at the end of a run. */
  checkAnswers(): void {
    this.#nextCheck = this.#world.now + CHECK_INTERVAL;
    for (const [endpoint, { requests }] of this.#watched) {
      const since = this.#answerableSince(endpoint);
      const forgotten = since === undefined ? undefined : requests.forgotten(this.#world.now, since);
      if (forgotten !== undefined) throw new Violation(this.#world, `${endpoint.access.name} ${forgotten}`);
    }
  }

  /** Every request that can be answered has been. */
  get settled(): boolean {
    for (const [endpoint, { requests }] of this.#watched)
      if (requests.open > 0 && this.#answerableSince(endpoint) !== undefined) return false;
    return true;
  }

  /** Nobody can answer who is cut off, or gone without the other's knowing yet; and not everybody keeps to that. */
  #answerableSince({ connection, other }: Endpoint): Time | undefined {
    const answering = other && this.#watched.get(other)?.peer;
    return answering?.honest === true ? connection?.carriesSince : undefined;
  }

  #said(peer: Observed, endpoint: Endpoint, { requests }: Watched, message: Message): void {
    this.#tell(peer, endpoint, message);
    // What is not listed breaks nothing that is watched here.
    // eslint-disable-next-line @typescript-eslint/switch-exhaustiveness-check
    switch (message.type) {
      case 'request':
        return this.#expect(peer, requests.requested(this.#world.now, message, this.#isComplete(peer)));
      case 'cancel':
        requests.cancelled(message);
        return;
      case 'piece':
        this.#gives(peer, message);
        return this.#answers(peer, endpoint, { ...message, length: message.data.length });
      case 'reject':
        return this.#answers(peer, endpoint, message);
      case 'have':
        return this.#claims(peer, [message.piece]);
      case 'haveAll':
        return this.#claims(peer, this.#content.layout.indices());
      case 'bitfield':
        return this.#claims(peer, this.#indicesIn(message.bits));
      default:
        return;
    }
  }

  #tell({ name }: Observed, { other }: Endpoint, message: Message): void {
    const { trace, now } = this.#world;
    trace?.(now, { type: 'says', peer: name, to: other?.access.name ?? '', message: saidOf(message) });
  }

  #answers(
    peer: Observed,
    { other }: Endpoint,
    range: { piece: number; begin: number; length: number },
  ): void {
    // Who asked has gone: the answer is on its way to nobody.
    if (other?.ended === true) return;
    const asking = other && this.#watched.get(other);
    this.#expect(
      peer,
      asking === undefined ? 'answers before anything was requested' : asking.requests.answered(range),
    );
  }

  /** No byte that has not been verified reaches another peer. */
  #gives(peer: Observed, { piece, begin, data }: Message & { type: 'piece' }): void {
    const index = this.#content.layout.index(piece);
    if (index === undefined || !peer.pieces.has(index))
      this.#fail(peer, `gives piece ${piece} without having it`);
    else if (!this.#content.isTrue(index, begin, data))
      this.#fail(peer, `gives false bytes of piece ${piece}`);
  }

  #claims(peer: Observed, pieces: Iterable<number>): void {
    for (const piece of pieces) {
      const index = this.#content.layout.index(piece);
      if (index === undefined || !peer.pieces.has(index))
        this.#fail(peer, `claims piece ${piece} without having it`);
    }
  }

  #isComplete({ pieces }: Observed): boolean {
    return pieces.size === this.#content.layout.pieces;
  }

  #indicesIn(bits: Bytes): Iterable<number> {
    return Bitfield.parse(bits, this.#content.layout.pieces)?.indices() ?? [-1];
  }

  #watch(peer: Observed, endpoint: Endpoint): Watched {
    const present = this.#watched.get(endpoint);
    if (present !== undefined) return present;
    const duplicates = this.#duplicates.get(peer) ?? new DuplicateAudit();
    this.#duplicates.set(peer, duplicates);
    const watched = { peer, tap: new ConversationTap(), requests: new RequestAudit(duplicates) };
    this.#watched.set(endpoint, watched);
    return watched;
  }

  #expect(peer: Observed, wrong: string | undefined): void {
    if (wrong !== undefined) this.#fail(peer, wrong);
  }

  #fail(peer: Observed, what: string): void {
    if (!peer.honest) return;
    throw new Violation(this.#world, `${peer.name} ${what}`);
  }
}
