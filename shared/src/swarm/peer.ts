import { allocate, type Allocate, type Bytes } from '../base/bytes.ts';
import type { PeerId } from '../base/ids.ts';
import { RateMeter } from '../base/rateMeter.ts';
import { SECOND, type Time } from '../base/time.ts';
import type { PieceIndex } from '../content/layout.ts';
import { type DecodeResult, encodeMessage, MessageDecoder } from '../wire/codec.ts';
import type { Message } from '../wire/message.ts';
import { Claims } from './claims.ts';
import { MessageBudget } from './messageBudget.ts';
import type { Lane } from './io.ts';
import type { OutgoingLane } from './lane.ts';
import { PathDoubt } from './pathDoubt.ts';
import { LARGEST_TURN } from './slotHistory.ts';

const RATE_WINDOW = 20_000;
/** A piece has been passed on by then, if it is going to be. */
const LONG_HOARDED = 20 * SECOND;
/** So many have waited long enough. */
const MOST_UNTOLD = 100;

/** What a peer told in its extended handshake (BEP 10): the ids under which it takes our extension messages. */
export interface PeerExtensions {
  readonly metadata: number | undefined;
  readonly dontHave: number | undefined;
  readonly lane: number | undefined;
  readonly overlay?: number | undefined;
  readonly peers?: number | undefined;
  readonly metadataSize: number | undefined;
  /** How many requests it queues at most. */
  readonly requestQueue: number;
  /** Keeps alive as often as we do, so that its silence soon means something. */
  readonly shoal: boolean;
}

/** What comes in on a lane, as long as it is the same one. */
interface Incoming {
  readonly of: OutgoingLane;
  readonly decoder: MessageDecoder;
}

/** An admitted peer: what both sides have said of choking and interest, and the bytes on their way to it. */
export class Peer {
  readonly id: PeerId;
  readonly admittedAt: Time;
  /** Ours, in making lane 0. */
  readonly role: 'initiator' | 'responder';
  readonly claims = new Claims();
  readonly budget = new MessageBudget();
  readonly doubt: PathDoubt;
  /** Piece bytes only. */
  readonly received = new RateMeter(RATE_WINDOW);
  readonly sent = new RateMeter(RATE_WINDOW);
  /** Those that are open. */
  readonly lanes = new Map<Lane, OutgoingLane>();
  readonly #allocate: Allocate;
  /** Pieces that both have, and of which the peer does not know yet that we do. */
  readonly #untold = new Set<PieceIndex>();
  readonly #incoming = new Map<Lane, Incoming>();

  /** Bytes, once known: who has been given so much may say what it likes of itself. */
  pieceLength = 0;
  /** We choke the peer. */
  choked = true;
  /** The peer wants what we have. */
  interested = false;
  /** The peer chokes us. */
  chokesUs = true;
  /** We want what the peer has. */
  interesting = false;
  /** Has given something that was verified, or compared with our own: its claims are more than words. */
  proven = false;
  /** The peer unchoked us and then sent nothing it was asked for. */
  snubbed = false;
  /** What a first seeder gave it has appeared elsewhere. */
  passesOn = false;
  /** Since when it keeps to itself what a first seeder gave to nobody else. */
  hoardsSince: Time | undefined;
  /** Was here before: what it owed then it owes still. */
  returned = false;
  extensions: PeerExtensions | undefined;
  lastReceivedAt: Time;
  lastSentAt: Time;

  /** @param room for messages that carry parts of pieces. */
  constructor(
    id: PeerId,
    now: Time,
    lane: OutgoingLane,
    role: 'initiator' | 'responder' = 'initiator',
    room: Allocate = allocate,
  ) {
    this.#allocate = room;
    this.id = id;
    this.role = role;
    this.admittedAt = now;
    this.doubt = new PathDoubt(now);
    this.lastReceivedAt = now;
    this.lastSentAt = now;
    this.lanes.set(0, lane);
  }

  /** Everything said of what it has is believed until it fails to deliver. */
  get isSeeder(): boolean {
    return this.claims.bitfield?.complete ?? false;
  }

  get claimsNothing(): boolean {
    return this.claims.bitfield?.count === 0;
  }

  get nearlyDone(): boolean {
    const { bitfield } = this.claims;
    if (bitfield === undefined || bitfield.complete) return false;
    return (bitfield.length - bitfield.count) * this.pieceLength <= LARGEST_TURN;
  }

  get empty(): boolean {
    return this.claimsNothing && this.sent.total < this.pieceLength;
  }

  get hoards(): boolean {
    return this.hoardsSince !== undefined;
  }

  hasHoardedLong(now: Time): boolean {
    return this.hoardsSince !== undefined && now - this.hoardsSince > LONG_HOARDED;
  }

  /** Was given a piece, and has never given anything. */
  get owes(): boolean {
    return this.received.total === 0 && this.sent.total > 0 && this.sent.total >= this.pieceLength;
  }

  /** What passed when it was here before. */
  resume({ sent, received }: { readonly sent: number; readonly received: number }): void {
    this.returned = true;
    this.sent.resume(sent);
    this.received.resume(received);
  }

  /** What a lane says; nothing when it is not open. Each lane is a stream of its own. */
  read(lane: Lane, bytes: Bytes): DecodeResult | undefined {
    const open = this.lanes.get(lane);
    if (open === undefined) return undefined;
    const present = this.#incoming.get(lane);
    if (present?.of === open) return present.decoder.push(bytes);
    const incoming = { of: open, decoder: new MessageDecoder() };
    this.#incoming.set(lane, incoming);
    return incoming.decoder.push(bytes);
  }

  send(message: Message, lane: Lane = 0): void {
    if (lane === 0 && this.#untold.size > 0) this.#tellUntold();
    this.#queue(message, lane);
  }

  /** That we have this piece is of no use to the peer now: it is told with what is sent next, at the latest to keep alive. */
  tellLater(piece: PieceIndex): void {
    this.#untold.add(piece);
    if (this.#untold.size >= MOST_UNTOLD) this.#tellUntold();
  }

  /** True when the peer has not been told of the piece yet, and will not be. */
  leaveUntold(piece: PieceIndex): boolean {
    return this.#untold.delete(piece);
  }

  #tellUntold(): void {
    for (const piece of this.#untold) this.#queue({ type: 'have', piece }, 0);
    this.#untold.clear();
  }

  #queue(message: Message, lane: Lane): void {
    this.lanes.get(lane)?.queue(encodeMessage(message, this.#allocate));
  }

  /** Bytes the Transport still takes on a lane. */
  credit(lane: Lane): number {
    return this.lanes.get(lane)?.credit ?? 0;
  }
}
