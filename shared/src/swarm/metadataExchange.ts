import { type Bytes, concat } from '../base/bytes.ts';
import type { PeerId } from '../base/ids.ts';
import { SECOND, type Time } from '../base/time.ts';
import { infoHashOfInfo, type Metainfo, parseInfo } from '../content/metainfo.ts';
import { METADATA_PART } from '../wire/limits.ts';
import { encodeMetadataMessage, type MetadataMessage } from '../wire/metadataMessage.ts';
import type { SwarmContext } from './context.ts';
import type { Peer } from './peer.ts';

const PATIENCE = 10 * SECOND;
const PIPELINE = 16;

/** The info dictionary being fetched, from one peer at a time: a wrong one then has one author. */
interface Fetch {
  readonly from: PeerId;
  readonly parts: (Bytes | undefined)[];
  readonly size: number;
  asked: number;
  progressAt: Time;
}

/** BEP 9: fetches the info dictionary, and serves it once it is known. */
export class MetadataExchange {
  readonly #context: SwarmContext;
  readonly #learned: (metainfo: Metainfo) => void;
  #metainfo: Metainfo | undefined;
  #fetch: Fetch | undefined;
  readonly #refused = new Set<PeerId>();

  constructor(context: SwarmContext, metainfo: Metainfo | undefined, learned: (metainfo: Metainfo) => void) {
    this.#context = context;
    this.#metainfo = metainfo;
    this.#learned = learned;
  }

  get metainfo(): Metainfo | undefined {
    return this.#metainfo;
  }

  /** Asks somebody, unless somebody is being asked. */
  seek(): void {
    if (this.#metainfo !== undefined || this.#fetch !== undefined) return;
    for (const peer of this.#context.peers.values()) {
      if (peer.extensions?.metadata === undefined || peer.extensions.metadataSize === undefined) continue;
      if (this.#refused.has(peer.id)) continue;
      this.#begin(peer, peer.extensions.metadataSize);
      return;
    }
  }

  received(peer: Peer, message: MetadataMessage): void {
    switch (message.type) {
      case 'request':
        return this.#serve(peer, message.part);
      case 'data':
        return this.#part(peer, message.part, message.data);
      case 'reject':
        return this.#giveUp(peer.id);
    }
  }

  left(peer: PeerId): void {
    this.#refused.delete(peer);
    if (this.#fetch?.from === peer) this.#fetch = undefined;
    this.seek();
  }

  tick(): void {
    if (this.#fetch !== undefined && this.#context.now - this.#fetch.progressAt > PATIENCE)
      this.#giveUp(this.#fetch.from);
  }

  #begin(peer: Peer, size: number): void {
    const parts = new Array<Bytes | undefined>(Math.ceil(size / METADATA_PART)).fill(undefined);
    this.#fetch = { from: peer.id, parts, size, asked: 0, progressAt: this.#context.now };
    for (let count = 0; count < PIPELINE; count++) this.#askNext(peer, this.#fetch);
  }

  #askNext(peer: Peer, fetch: Fetch): void {
    if (fetch.asked < fetch.parts.length) this.#send(peer, { type: 'request', part: fetch.asked++ });
  }

  #part(peer: Peer, part: number, data: Bytes): void {
    const fetch = this.#fetch;
    if (fetch?.from !== peer.id || part >= fetch.asked || fetch.parts[part] !== undefined) return;
    const expected = Math.min(METADATA_PART, fetch.size - part * METADATA_PART);
    if (data.length !== expected) return this.#context.drop(peer.id, 'invalid-metadata');
    fetch.parts[part] = data;
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
    if (result.type === 'invalid')
      return this.#context.emit({ type: 'metainfoInvalid', reason: result.reason });
    this.#metainfo = result.metainfo;
    this.#learned(result.metainfo);
  }

  #giveUp(peer: PeerId): void {
    if (this.#fetch?.from !== peer) return;
    this.#fetch = undefined;
    this.#refused.add(peer);
    this.seek();
  }

  #serve(peer: Peer, part: number): void {
    const info = this.#metainfo?.info;
    const data = info?.subarray(part * METADATA_PART, (part + 1) * METADATA_PART);
    if (info === undefined || data === undefined || data.length === 0)
      return this.#send(peer, { type: 'reject', part });
    this.#send(peer, { type: 'data', part, totalSize: info.length, data });
  }

  /** Under the id that the receiver chose in its extended handshake. */
  #send(peer: Peer, message: MetadataMessage): void {
    const id = peer.extensions?.metadata;
    if (id !== undefined) peer.send({ type: 'extended', id, payload: encodeMetadataMessage(message) });
  }
}
