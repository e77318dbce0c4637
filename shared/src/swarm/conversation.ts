import type { Bytes } from '../base/bytes.ts';
import {
  EXTENDED_HANDSHAKE,
  LT_DONTHAVE,
  parseExtendedHandshake,
  SHOAL_DHT,
  SHOAL_LANE,
  SHOAL_PEERS,
  UT_METADATA,
} from '../wire/extensions.ts';
import type { HashRange, Message, Range } from '../wire/message.ts';
import { parseMetadataMessage } from '../wire/metadataMessage.ts';
import { parsePeersMessage, type PeersMessage } from '../wire/peersMessage.ts';
import { readUint32 } from '../wire/uint32.ts';
import type { SwarmContext } from './context.ts';
import type { DropReason } from './dropReason.ts';
import type { Exchange } from './exchange.ts';
import type { Lane } from './io.ts';
import type { LayerExchange } from './layerExchange.ts';
import type { LeafSeeker } from './leafSeeker.ts';
import type { Expense } from './messageBudget.ts';
import type { Peer } from './peer.ts';

const DEFAULT_REQUEST_QUEUE = 250;
/** Bytes of a number. */
const UINT32 = 4;
/** With so much waiting for a peer it gets no more hashes. */
const MAX_BACKLOG = 1024 * 1024;

/** Messages that cost us something whatever they say. */
const EXPENSES: Partial<Record<Message['type'], Expense>> = {
  keepAlive: 'keepAlive',
  choke: 'changeOfMind',
  unchoke: 'changeOfMind',
  interested: 'changeOfMind',
  notInterested: 'changeOfMind',
  suggest: 'suggestion',
  allowedFast: 'advice',
  hashRequest: 'hashRequest',
  unknown: 'unknown',
};

/** What further lanes carry: nothing that depends on the order in which it comes with anything else. */
const LANE_MESSAGES: ReadonlySet<Message['type']> = new Set([
  'request',
  'cancel',
  'reject',
  'piece',
  'keepAlive',
]);

/** Takes what is not of the exchange. */
export interface ConversationEvents {
  /** Which extensions the peer speaks may have changed. */
  greeted(peer: Peer): void;
  /** What is said of further lanes. */
  laneTold(peer: Peer, payload: Bytes): void;
  /** What is said of other peers. */
  peersTold(peer: Peer, message: PeersMessage): void;
  /** A message of the DHT. False when it is not spoken with that peer. */
  overlayTold(peer: Peer, payload: Bytes): boolean;
}

/** Takes what an admitted peer says, message by message, to whom it concerns. */
export class Conversation {
  readonly #context: SwarmContext;
  readonly #exchange: Exchange;
  readonly #events: ConversationEvents;

  constructor(context: SwarmContext, exchange: Exchange, events: ConversationEvents) {
    this.#context = context;
    this.#events = events;
    this.#exchange = exchange;
  }

  /** The bytes of one lane, in order. */
  received(peer: Peer, lane: Lane, bytes: Bytes): void {
    const result = peer.read(lane, bytes);
    if (result === undefined) return;
    if (result.type === 'malformed') return this.#context.drop(peer.id, 'malformed-message');
    for (const message of result.messages) {
      if (this.#context.peers.get(peer.id) !== peer) return;
      if (lane > 0 && !LANE_MESSAGES.has(message.type))
        return this.#context.drop(peer.id, 'malformed-message');
      const expense = EXPENSES[message.type];
      if (expense === undefined || this.#affords(peer, expense)) this.#handle(peer, lane, message);
    }
  }

  /** Who has used up what it may cost us is sent away. */
  #affords(peer: Peer, expense: Expense, reason: DropReason = 'message-flood'): boolean {
    const affords = peer.budget.spend(this.#context.now, expense);
    if (!affords) this.#context.drop(peer.id, reason);
    return affords;
  }

  #handle(peer: Peer, lane: Lane, message: Message): void {
    const { content, choking } = this.#exchange;
    switch (message.type) {
      case 'keepAlive':
      case 'allowedFast':
      case 'unknown':
        return;
      case 'suggest':
        return content?.downloader?.suggested(peer, message.piece);
      case 'choke':
        peer.chokesUs = true;
        return content?.downloader?.choked(peer);
      case 'unchoke':
        peer.chokesUs = false;
        content?.auditor.unchoked(peer);
        return content?.downloader?.unchoked(peer);
      case 'interested':
        peer.interested = true;
        return choking.interested(peer);
      case 'notInterested':
        peer.interested = false;
        return;
      case 'have':
        return this.#exchange.haveTold(peer, message.piece);
      case 'bitfield':
        return this.#exchange.opening(peer, { type: 'bits', bits: message.bits.slice() });
      case 'haveAll':
        return this.#exchange.opening(peer, { type: 'all' });
      case 'haveNone':
        return this.#exchange.opening(peer, { type: 'none' });
      case 'request':
        if (content !== undefined) return content.uploader.requested(peer, lane, message);
        return this.#refuse(peer, lane, message);
      case 'cancel':
        return content?.uploader.cancelled(peer, lane, message);
      case 'piece':
        if (content?.auditor.received(peer, message) === true) return;
        if (content?.downloader !== undefined) return content.downloader.received(peer, message);
        return void this.#affords(peer, 'unrequestedPiece', 'unrequested-pieces');
      case 'reject':
        if (content?.auditor.rejected(peer, message) === true) return;
        if (content?.downloader !== undefined) return content.downloader.rejected(peer, message);
        return void this.#affords(peer, 'unrequestedReject');
      case 'hashRequest':
        return this.#hashesRequested(peer, message);
      case 'hashes':
        return this.#hashExchange(message)?.received(peer, message, message.hashes);
      case 'hashReject':
        return this.#hashExchange(message)?.rejected(peer, message);
      case 'extended':
        return this.#extended(peer, message.id, message.payload);
    }
  }

  /** We do not know the content yet. */
  #refuse(peer: Peer, lane: Lane, request: Range): void {
    peer.send({ ...request, type: 'reject' }, lane);
    this.#affords(peer, 'refusedRequest', 'request-flood');
  }

  #hashesRequested(peer: Peer, range: HashRange): void {
    const { content } = this.#exchange;
    const server = this.#isOfLeaves(range) ? content?.leafServer : content?.layer;
    if (server === undefined || peer.credit(0) < -MAX_BACKLOG) peer.send({ ...range, type: 'hashReject' });
    else server.requested(peer, range);
  }

  /** Whose question such hashes may answer. */
  #hashExchange(range: HashRange): LeafSeeker | LayerExchange | undefined {
    const { content } = this.#exchange;
    return this.#isOfLeaves(range) ? content?.downloader?.leaves : content?.layer;
  }

  /** Where a piece is one block, its leaf is its hash. */
  #isOfLeaves({ baseLayer }: HashRange): boolean {
    return baseLayer === 0 && this.#exchange.content?.metainfo.layout.pieceLayer !== 0;
  }

  #extended(peer: Peer, id: number, payload: Bytes): void {
    switch (id) {
      case EXTENDED_HANDSHAKE:
        if (this.#affords(peer, 'greeting')) this.#greeted(peer, payload);
        return;
      case UT_METADATA:
        return this.#metadataTold(peer, payload);
      case LT_DONTHAVE:
        if (payload.length !== UINT32) return this.#context.drop(peer.id, 'malformed-message');
        return this.#exchange.dontHaveTold(peer, readUint32(payload, 0));
      case SHOAL_LANE:
        if (this.#affords(peer, 'laneSignal')) this.#events.laneTold(peer, payload);
        return;
      case SHOAL_DHT:
        if (!this.#affords(peer, 'overlayMessage') || this.#events.overlayTold(peer, payload)) return;
        return void this.#affords(peer, 'unknownExtension');
      case SHOAL_PEERS:
        return this.#peersTold(peer, payload);
      default:
        this.#affords(peer, 'unknownExtension');
    }
  }

  #metadataTold(peer: Peer, payload: Bytes): void {
    const message = parseMetadataMessage(payload);
    if (message === undefined) return this.#context.drop(peer.id, 'malformed-message');
    if (message.type === 'unknown') return void this.#affords(peer, 'unknownExtension');
    this.#exchange.metadata.received(peer, message);
  }

  #peersTold(peer: Peer, payload: Bytes): void {
    const message = parsePeersMessage(payload);
    if (message === undefined) return this.#context.drop(peer.id, 'malformed-message');
    if (message.type === 'unknown') return void this.#affords(peer, 'unknownExtension');
    if (message.type === 'peers') {
      if (this.#affords(peer, 'peersTold')) this.#events.peersTold(peer, message);
    } else if (peer.budget.spend(this.#context.now, 'passedSignal')) this.#events.peersTold(peer, message);
    else this.#affords(peer, 'lostSignal');
  }

  #greeted(peer: Peer, payload: Bytes): void {
    const handshake = parseExtendedHandshake(payload);
    if (handshake === undefined) return this.#context.drop(peer.id, 'malformed-message');
    const known = peer.extensions;
    // It may be sent again, and then tells what has changed; 0 takes an extension back (BEP 10).
    const idOf = (name: string, before: number | undefined) => {
      const told = handshake.m.get(name) ?? before;
      return told === 0 ? undefined : told;
    };
    peer.extensions = {
      metadata: idOf('ut_metadata', known?.metadata),
      dontHave: idOf('lt_donthave', known?.dontHave),
      lane: idOf('shoal_lane', known?.lane),
      overlay: idOf('shoal_dht', known?.overlay),
      peers: idOf('shoal_peers', known?.peers),
      metadataSize: handshake.metadataSize ?? known?.metadataSize,
      requestQueue: handshake.reqq ?? known?.requestQueue ?? DEFAULT_REQUEST_QUEUE,
      shoal: handshake.shoal ?? known?.shoal ?? false,
    };
    this.#events.greeted(peer);
    this.#exchange.metadata.greeted(peer.id);
  }
}
