import { type Bytes, concat } from '../../base/bytes.ts';
import { type PeerId, peerIdOf } from '../../base/ids.ts';
import { memberCheck, type MemberKeys } from '../../content/keys.ts';
import { Admission } from '../../wire/admission.ts';
import { encodeMessage, MessageDecoder } from '../../wire/codec.ts';
import { encodeExtendedHandshake, EXTENDED_HANDSHAKE } from '../../wire/extensions.ts';
import type { Message } from '../../wire/message.ts';
import { OFFER_ID, openSignal, sealSignal } from '../../wire/sealedSignal.ts';
import type { Introduced } from '../io.ts';
import { describe, type Link, markOf, type Station, type TestNetwork } from './testNetwork.ts';
import type { TinyShare } from './tinyShare.ts';

const KEEP_ALIVE = 9000;

type MessageOf<Type extends Message['type']> = Message & { readonly type: Type };

/** A peer that says and does what a test wants, byte by byte, to a real one. It is a member, unless its keys are not. */
export class ScriptedPeer implements Station {
  readonly id: PeerId;
  /** Everything the other side has said since it was admitted. */
  readonly heard: Message[] = [];
  /** Called at each message. */
  reply: (message: Message) => void = () => undefined;
  /** Called when both sides have proved themselves. */
  admitted: () => void = () => undefined;
  /** Whether bytes sent to us leave the other side's buffer. */
  drains = true;
  /** Sent at the opening instead of a true handshake and proof. */
  opening: ((true_: Bytes) => Bytes) | undefined;
  state: 'none' | 'open' | 'admitted' | 'closed' = 'none';
  /** How often a connection to us was opened. */
  openings = 0;
  readonly #network: TestNetwork;
  readonly #share: TinyShare;
  readonly #keys: MemberKeys;
  #role: 'initiator' | 'responder' = 'initiator';
  #offers = 0;
  #link: Link | undefined;
  #other: PeerId | undefined;
  #admission: Admission | undefined;
  #decoder = new MessageDecoder();

  constructor(network: TestNetwork, share: TinyShare, keys = share.keys, id?: PeerId) {
    this.#network = network;
    this.#share = share;
    this.#keys = keys;
    this.id = id ?? peerIdOf(network.random.bytes(20));
    network.stations.set(this.id, this);
  }

  get introduction(): Introduced {
    return { peerId: this.id, check: memberCheck(this.#share.crypto, this.#keys.check, this.id) };
  }

  /** A sealed offer, as it goes to the relay. */
  offer(to: PeerId, sdp = describe(`${this.id}/${this.#offers++}`)): Bytes {
    const { crypto, metainfo } = this.#share;
    const offerId = this.#network.random.bytes(OFFER_ID);
    const route = { infoHash: metainfo.infoHash, from: this.id, to, offerId };
    const envelope = { lane: 0, signal: { type: 'offer' as const, sdp } };
    return sealSignal(crypto, this.#network.random, this.#keys.signal, route, envelope);
  }

  dial(to: PeerId): void {
    this.#role = 'initiator';
    this.#network.relay(this.id, to, this.offer(to));
  }

  say(...messages: readonly Message[]): void {
    this.sayBytes(concat(...messages.map((message) => encodeMessage(message))));
  }

  /** As honest peers do, so as not to be taken for gone. */
  stayAlive(): void {
    this.say({ type: 'keepAlive' });
    this.#network.after(KEEP_ALIVE, () => {
      if (this.#link !== undefined) this.stayAlive();
    });
  }

  sayBytes(bytes: Bytes): void {
    if (this.#link !== undefined) this.#network.send(this.#link, this.id, bytes);
  }

  /** The extended handshake, the claims, and that we want what the other has. */
  greet(claims: Message, extras: { readonly metadataSize?: number; readonly reqq?: number } = {}): void {
    const m = new Map([
      ['ut_metadata', 1],
      ['lt_donthave', 2],
    ]);
    const payload = encodeExtendedHandshake({ m, reqq: 500, ...extras });
    this.say({ type: 'extended', id: EXTENDED_HANDSHAKE, payload }, claims);
  }

  heardOf<Type extends Message['type']>(type: Type): MessageOf<Type>[] {
    return this.heard.filter((message): message is MessageOf<Type> => message.type === type);
  }

  hangUp(): void {
    if (this.#link !== undefined) this.#network.close(this.#link, this.id);
    this.#link = undefined;
    this.state = 'closed';
  }

  relayed(from: PeerId, sealed: Bytes): void {
    const { crypto, metainfo } = this.#share;
    const route = { infoHash: metainfo.infoHash, from, to: this.id };
    const result = openSignal(crypto, this.#keys.signal, route, sealed);
    if (result.type !== 'signal' || result.signal.type === 'candidate') return;
    const offer = markOf(result.signal.sdp);
    if (result.signal.type === 'answer') return this.#network.connect(this.id, from, offer, 0);
    this.#role = 'responder';
    const address = { ...route, from: this.id, to: from, offerId: result.offerId };
    const envelope = { lane: 0, signal: { type: 'answer' as const, sdp: describe(offer) } };
    const answer = sealSignal(crypto, this.#network.random, this.#keys.signal, address, envelope);
    this.#network.relay(this.id, from, answer);
  }

  opened(link: Link, peer: PeerId, fingerprints: { local: string; remote: string }): void {
    this.#link = link;
    this.#other = peer;
    this.openings++;
    this.state = 'open';
    this.#decoder = new MessageDecoder();
    this.#admission = new Admission({
      crypto: this.#share.crypto,
      proofKey: this.#keys.proof,
      infoHash: this.#share.metainfo.infoHash,
      own: this.id,
      remote: peer,
      role: this.#role,
      fingerprints,
    });
    const opening = this.#admission.start();
    this.sayBytes(this.opening?.(opening) ?? opening);
  }

  received(link: Link, _peer: PeerId, bytes: Bytes): void {
    if (link !== this.#link) return;
    if (this.state === 'admitted') return this.#read(bytes);
    const result = this.#admission?.push(bytes);
    if (result?.type !== 'admitted') return;
    this.state = 'admitted';
    this.admitted();
    this.#read(result.rest);
  }

  granted(): void {
    // A script has nothing to pace.
  }

  closed(link: Link): void {
    if (link !== this.#link) return;
    this.#link = undefined;
    this.state = 'closed';
  }

  /** Who we are connected with. */
  get other(): PeerId | undefined {
    return this.#link === undefined ? undefined : this.#other;
  }

  #read(bytes: Bytes): void {
    const result = this.#decoder.push(bytes);
    if (result.type === 'malformed') throw new Error(`malformed: ${result.reason}`);
    for (const message of result.messages) {
      // Bytes in messages are views of the sender's frame.
      this.heard.push(message);
      this.reply(message);
    }
  }
}
