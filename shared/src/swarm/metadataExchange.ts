import { type Bytes, concat } from '../base/bytes.ts';
import type { PeerId } from '../base/ids.ts';
import { SECOND, type Time } from '../base/time.ts';
import { infoHashOfInfo, type Metainfo, parseInfo } from '../content/metainfo.ts';
import { METADATA_PART } from '../wire/limits.ts';
import { encodeMetadataMessage, type MetadataMessage } from '../wire/metadataMessage.ts';
import type { SwarmContext } from './context.ts';
import type { Peer } from './peer.ts';

const PATIENCE = 10 * SECOND;
/** For the whole, while somebody else could be asked instead; it grows until it is enough for the slowest. */
const FIRST_DEADLINE = 20 * SECOND;
/** Who has refused, or was silent, is asked again after so long. */
const REFUSED_FOR = 30 * SECOND;
const PIPELINE = 16;
/** With so much waiting for a peer it gets no more metadata. */
const MAX_BACKLOG = 1024 * 1024;

/** The info dictionary being fetched, from one peer at a time: a wrong one then has one author. */
interface Fetch {
  readonly from: PeerId;
  readonly parts: (Bytes | undefined)[];
  readonly size: number;
  since: Time;
  asked: number;
  progressAt: Time;
}

/** BEP 9: fetches the info dictionary, and serves it once it is known. */
export class MetadataExchange {
  readonly #context: SwarmContext;
  readonly #learned: (metainfo: Metainfo) => void;
  #metainfo: Metainfo | undefined;
  #fetch: Fetch | undefined;
  /** What the link names is not a share: nobody can do better. */
  #hopeless = false;
  #deadline = FIRST_DEADLINE;
  /** Until when each is left alone. */
  readonly #refused = new Map<PeerId, Time>();

  constructor(context: SwarmContext, metainfo: Metainfo | undefined, learned: (metainfo: Metainfo) => void) {
    this.#context = context;
    this.#metainfo = metainfo;
    this.#learned = learned;
  }

  get metainfo(): Metainfo | undefined {
    return this.#metainfo;
  }

  /** Connected peers that had nothing to tell. */
  get refusals(): number {
    const candidates = [...this.#context.peers.values()].filter((peer) => this.#sizeAt(peer) !== undefined);
    return this.#context.peers.size - candidates.length;
  }

  /** Asks somebody, unless somebody is being asked. */
  seek(): void {
    if (this.#metainfo !== undefined || this.#fetch !== undefined || this.#hopeless) return;
    for (const peer of this.#context.peers.values()) {
      const size = this.#sizeAt(peer);
      if (size !== undefined) return this.#begin(peer, size);
    }
  }

  /** The peer has just said what it has. */
  greeted(peer: PeerId): void {
    this.#refused.delete(peer);
    this.seek();
  }

  received(peer: Peer, message: MetadataMessage): void {
    switch (message.type) {
      case 'request':
        return this.#requested(peer, message.part);
      case 'data':
        return this.#part(peer, message.part, message.data);
      case 'reject':
        if (this.#fetch?.from === peer.id) return this.#giveUp(peer.id);
        return this.#unrequested(peer);
    }
  }

  left(peer: PeerId): void {
    this.#refused.delete(peer);
    if (this.#fetch?.from === peer) this.#fetch = undefined;
    this.seek();
  }

  woke(): void {
    const { now } = this.#context;
    if (this.#fetch !== undefined) this.#fetch = { ...this.#fetch, since: now, progressAt: now };
  }

  tick(): void {
    const { now } = this.#context;
    for (const [peer, until] of this.#refused) if (until <= now) this.#refused.delete(peer);
    if (this.#fetch === undefined) return this.seek();
    if (now - this.#fetch.progressAt > PATIENCE) return this.#giveUp(this.#fetch.from);
    if (now - this.#fetch.since > this.#deadline && this.refusals < this.#context.peers.size - 1)
      this.#tooSlow(this.#fetch.from);
  }

  /** A trickle must not keep us from asking others; in the end the slowest has time enough. */
  #tooSlow(peer: PeerId): void {
    this.#deadline *= 2;
    this.#giveUp(peer);
  }

  /** What the peer says the metadata measures, if it is worth asking. */
  #sizeAt({ id, extensions }: Peer): number | undefined {
    if (extensions?.metadata === undefined || this.#refused.has(id)) return undefined;
    return extensions.metadataSize;
  }

  #begin(peer: Peer, size: number): void {
    const parts = new Array<Bytes | undefined>(Math.ceil(size / METADATA_PART)).fill(undefined);
    const { now } = this.#context;
    this.#fetch = { from: peer.id, parts, size, since: now, asked: 0, progressAt: now };
    for (let count = 0; count < PIPELINE; count++) this.#askNext(peer, this.#fetch);
  }

  #askNext(peer: Peer, fetch: Fetch): void {
    if (fetch.asked < fetch.parts.length) this.#send(peer, { type: 'request', part: fetch.asked++ });
  }

  #part(peer: Peer, part: number, data: Bytes): void {
    const fetch = this.#fetch;
    if (fetch?.from !== peer.id || part >= fetch.asked || fetch.parts[part] !== undefined)
      return this.#unrequested(peer);
    const expected = Math.min(METADATA_PART, fetch.size - part * METADATA_PART);
    if (data.length !== expected) return this.#context.drop(peer.id, 'invalid-metadata');
    fetch.parts[part] = data.slice();
    fetch.progressAt = this.#context.now;
    this.#askNext(peer, fetch);
    const whole = fetch.parts.filter((each) => each !== undefined);
    if (whole.length === fetch.parts.length) this.#finish(peer, concat(...whole));
  }

  #finish(peer: Peer, info: Bytes): void {
    this.#fetch = undefined;
    const { crypto, infoHash } = this.#context;
    if (infoHashOfInfo(crypto, info) !== infoHash) return this.#context.ban(peer.id, 'invalid-metadata');
    const result = parseInfo(crypto, info, infoHash);
    if (result.type === 'invalid') {
      this.#hopeless = true;
      return this.#context.emit({ type: 'metainfoInvalid', reason: result.reason });
    }
    this.#metainfo = result.metainfo;
    this.#learned(result.metainfo);
  }

  #giveUp(peer: PeerId): void {
    if (this.#fetch?.from !== peer) return;
    this.#fetch = undefined;
    this.#refused.set(peer, this.#context.now + REFUSED_FOR);
    this.seek();
  }

  /** Late parts of a fetch given up are as likely as lies. */
  #unrequested(peer: Peer): void {
    if (!peer.budget.spend(this.#context.now, 'unrequestedMetadata'))
      this.#context.drop(peer.id, 'message-flood');
  }

  #requested(peer: Peer, part: number): void {
    if (!peer.budget.spend(this.#context.now, 'metadataRequest'))
      return this.#context.drop(peer.id, 'message-flood');
    this.#serve(peer, part);
  }

  #serve(peer: Peer, part: number): void {
    const info = this.#metainfo?.info;
    const data = info?.subarray(part * METADATA_PART, (part + 1) * METADATA_PART);
    const isFull = peer.credit(0) < -MAX_BACKLOG;
    if (info === undefined || data === undefined || data.length === 0 || isFull)
      return this.#send(peer, { type: 'reject', part });
    this.#send(peer, { type: 'data', part, totalSize: info.length, data });
  }

  /** Under the id that the receiver chose in its extended handshake. */
  #send(peer: Peer, message: MetadataMessage): void {
    const id = peer.extensions?.metadata;
    if (id !== undefined) peer.send({ type: 'extended', id, payload: encodeMetadataMessage(message) });
  }
}
