import { randomBytes } from 'node:crypto';
import { type Bencoded, decodeDictionary, type Dictionary, encode } from './bencode.ts';
import { DhtIdentity } from './dhtIdentity.ts';
import type { Ends, HostilePeer } from './hostilePeer.ts';
import type { Member } from './member.ts';

const GREETING = 100;
const EXTENDED = 20;
/** Under which ids it takes what it names. */
const OWN = { ut_metadata: 1, shoal_dht: 4 };
const MOST_STEPS = 16;

/** In a swarm as everybody is, and a node of the DHT that says whatever it likes there (PROTOCOL.md, sections 7 and 9). */
export class HostileNode {
  readonly self = new DhtIdentity();
  readonly #peer: HostilePeer;
  readonly #ends: Ends;
  #bytes: Buffer = Buffer.alloc(0);
  #metadataAsked = 0;

  private constructor(peer: HostilePeer, ends: Ends) {
    this.#peer = peer;
    this.#ends = ends;
  }

  /** Connects with somebody who has a node, and proves its membership. */
  static async enter(peer: HostilePeer, member: Member, victim: string): Promise<HostileNode> {
    const ends = await peer.connect(victim);
    await peer.send(member.greeting(0, ends.own, ends.other));
    const node = new HostileNode(peer, ends);
    await node.#extended(0, encode({ m: OWN, v: Buffer.from('Shoal') }));
    await node.#until(() => node.#named('shoal_dht') > 0);
    return node;
  }

  static get seconds(): number {
    return Math.floor(Date.now() / 1000);
  }

  /** @param signer whose secret signs; the key that it names is its own. */
  hello(signer = this.self): Dictionary {
    const { own, other } = this.#ends;
    const s = signer.provedConnection(0, own, other);
    return { t: 0, k: this.self.publicKey, s, w: HostileNode.seconds };
  }

  say(message: Dictionary): Promise<void> {
    return this.#extended(this.#named('shoal_dht'), encode(message));
  }

  /** The other's key, as its hello names it. */
  get otherKey(): Buffer {
    const [hello] = this.#heard(0);
    const { k: key } = hello ?? {};
    if (!Buffer.isBuffer(key)) throw new Error('node: expected a hello, received none');
    return key;
  }

  /** A description that is in order: the one it came in by. */
  get offer(): string {
    return this.#peer.offer;
  }

  /** Asks, and resolves with the answer; nothing when all that it has said is dealt with and there is none. */
  async ask(target: Buffer, request: Dictionary): Promise<Bencoded | undefined> {
    const path = randomBytes(8);
    await this.say({ t: 1, p: path, g: target, v: 0, l: MOST_STEPS, r: request });
    await this.dealtWith();
    return this.#heard(3).find(({ p }) => Buffer.isBuffer(p) && p.equals(path))?.['a'];
  }

  /** Resolves once the other has looked at all that was said before: it tells us of the share what every member may ask. */
  async dealtWith(): Promise<void> {
    await this.#extended(this.#named('ut_metadata'), encode({ msg_type: 0, piece: 0 }));
    const asked = ++this.#metadataAsked;
    await this.#until(() => this.#heardUnder(OWN.ut_metadata).length >= asked);
  }

  async #until(condition: () => boolean): Promise<void> {
    while (!condition()) this.#bytes = await this.#peer.receivedBeyond(this.#bytes.length);
  }

  #extended(id: number, payload: Buffer): Promise<void> {
    const head = Buffer.alloc(6);
    head.writeUInt32BE(payload.length + 2);
    head.set([EXTENDED, id], 4);
    return this.#peer.send(Buffer.concat([head, payload]));
  }

  /** Under which id the other takes an extension; 0 when it does not. */
  #named(extension: keyof typeof OWN): number {
    const maps = this.#heardUnder(0).map((payload) => decodeDictionary(payload)['m'] as Dictionary);
    return Number(maps.findLast((map) => map[extension] !== undefined)?.[extension] ?? 0);
  }

  /** Messages of the DHT of a kind. */
  #heard(kind: number): readonly Dictionary[] {
    return this.#heardUnder(OWN.shoal_dht)
      .map(decodeDictionary)
      .filter(({ t }) => t === kind);
  }

  /** Payloads of whole frames. */
  #heardUnder(id: number): readonly Buffer[] {
    const payloads: Buffer[] = [];
    for (let at = GREETING, end = 0; at + 4 <= this.#bytes.length; at = end) {
      end = at + 4 + this.#bytes.readUInt32BE(at);
      const frame = this.#bytes.subarray(at + 4, end);
      if (end <= this.#bytes.length && frame[0] === EXTENDED && frame[1] === id)
        payloads.push(frame.subarray(2));
    }
    return payloads;
  }
}
