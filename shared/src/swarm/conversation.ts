import type { Bytes } from '../base/bytes.ts';
import { EXTENDED_HANDSHAKE, parseExtendedHandshake, UT_METADATA } from '../wire/extensions.ts';
import type { Message } from '../wire/message.ts';
import { parseMetadataMessage } from '../wire/metadataMessage.ts';
import type { SwarmContext } from './context.ts';
import type { Exchange } from './exchange.ts';
import type { Lane } from './io.ts';
import type { Peer } from './peer.ts';

const DEFAULT_REQUEST_QUEUE = 250;
const MAX_UNKNOWN = 1000;

/** Takes what an admitted peer says, message by message, to whom it concerns. */
export class Conversation {
  readonly #context: SwarmContext;
  readonly #exchange: Exchange;

  constructor(context: SwarmContext, exchange: Exchange) {
    this.#context = context;
    this.#exchange = exchange;
  }

  /** The bytes of one lane, in order. */
  received(peer: Peer, lane: Lane, bytes: Bytes): void {
    const result = peer.decoder.push(bytes);
    if (result.type === 'malformed') return this.#context.drop(peer.id, 'malformed-message');
    for (const message of result.messages) {
      if (this.#context.peers.get(peer.id) !== peer) return;
      this.#handle(peer, lane, message);
    }
  }

  #handle(peer: Peer, lane: Lane, message: Message): void {
    const { content, choking } = this.#exchange;
    switch (message.type) {
      case 'keepAlive':
      case 'suggest':
      case 'allowedFast':
        return;
      case 'choke':
        peer.chokesUs = true;
        return;
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
        if (content === undefined) return peer.send({ ...message, type: 'reject' }, lane);
        return content.uploader.requested(peer, lane, message);
      case 'cancel':
        return content?.uploader.cancelled(peer, lane, message);
      case 'piece':
        if (content?.auditor.received(peer, message) === true) return;
        return content?.downloader?.received(peer, message);
      case 'reject':
        if (content?.auditor.rejected(peer, message) === true) return;
        return content?.downloader?.rejected(peer, message);
      case 'hashRequest':
        if (content?.layer === undefined) return peer.send({ ...message, type: 'hashReject' });
        return content.layer.requested(peer, message);
      case 'hashes':
        return content?.layer?.received(peer, message, message.hashes);
      case 'hashReject':
        return content?.layer?.rejected(peer, message);
      case 'extended':
        return this.#extended(peer, message.id, message.payload);
      case 'unknown':
        if (++peer.strikes > MAX_UNKNOWN) this.#context.drop(peer.id, 'message-flood');
    }
  }

  #extended(peer: Peer, id: number, payload: Bytes): void {
    switch (id) {
      case EXTENDED_HANDSHAKE:
        return this.#greeted(peer, payload);
      case UT_METADATA: {
        const message = parseMetadataMessage(payload);
        if (message === undefined) return this.#context.drop(peer.id, 'malformed-message');
        return this.#exchange.metadata.received(peer, message);
      }
    }
  }

  #greeted(peer: Peer, payload: Bytes): void {
    const handshake = parseExtendedHandshake(payload);
    if (handshake === undefined) return this.#context.drop(peer.id, 'malformed-message');
    peer.extensions = {
      metadata: handshake.m.get('ut_metadata'),
      dontHave: handshake.m.get('lt_donthave'),
      metadataSize: handshake.metadataSize,
      requestQueue: handshake.reqq ?? DEFAULT_REQUEST_QUEUE,
    };
    this.#exchange.metadata.seek();
  }
}
