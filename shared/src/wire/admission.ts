import { type Bytes, concat } from '../base/bytes.ts';
import type { Crypto } from '../base/crypto.ts';
import type { InfoHash, PeerId } from '../base/ids.ts';
import { encodeHandshake, type Handshake, HANDSHAKE, parseHandshake } from './handshake.ts';
import { checkProof, type End, PROOF, proofOf, type Role } from './proof.ts';

export interface AdmissionOptions {
  readonly crypto: Crypto;
  readonly proofKey: Uint8Array;
  readonly infoHash: InfoHash;
  readonly own: PeerId;
  /** Whom the connection was made with. */
  readonly remote: PeerId;
  /** Ours. */
  readonly role: Role;
  /** From the applied descriptions. */
  readonly fingerprints: { readonly local: string; readonly remote: string };
}

type RefusalReason = 'not-bittorrent' | 'other-swarm' | 'own-id' | 'other-id' | 'wrong-proof';

export type AdmissionResult =
  | { readonly type: 'more' }
  /** `rest` is what follows the proof: the beginning of the message stream. */
  | { readonly type: 'admitted'; readonly rest: Bytes; readonly handshake: Handshake }
  | { readonly type: 'refused'; readonly reason: RefusalReason };

const OPENING = HANDSHAKE + PROOF;
const MORE = { type: 'more' } as const;

/**
 * The start of lane 0 of a private share: a handshake and a proof each way, at once, and nothing else before the other
 * end's have been found right. A refusal is final. After admission the stream belongs to the message decoder.
 */
export class Admission {
  readonly #options: AdmissionOptions;
  readonly #opening = new Uint8Array(OPENING);
  #received = 0;
  #handshake: Handshake | undefined;
  #refused: AdmissionResult | undefined;

  constructor(options: AdmissionOptions) {
    this.#options = options;
  }

  /** What to send first, without waiting for the other end. */
  start(): Bytes {
    const { crypto, proofKey, infoHash, own: peerId, role } = this.#options;
    const handshake = encodeHandshake({ infoHash, peerId, fast: true, extended: true, v2: true });
    return concat(handshake, proofOf(crypto, proofKey, { ...this.#own(), role }, this.#remote()));
  }

  push(chunk: Bytes): AdmissionResult {
    if (this.#refused !== undefined) return this.#refused;
    const opening = chunk.subarray(0, OPENING - this.#received);
    this.#opening.set(opening, this.#received);
    this.#received += opening.length;
    const result = this.#judge(chunk.subarray(opening.length));
    if (result.type === 'refused') this.#refused = result;
    return result;
  }

  #judge(rest: Bytes): AdmissionResult {
    if (this.#received < HANDSHAKE) return MORE;
    this.#handshake ??= this.#readHandshake();
    if (this.#handshake === undefined) return { type: 'refused', reason: 'not-bittorrent' };
    const reason = this.#handshakeProblem(this.#handshake);
    if (reason !== undefined) return { type: 'refused', reason };
    if (this.#received < OPENING) return MORE;
    if (this.#checkProof() === 'wrong') return { type: 'refused', reason: 'wrong-proof' };
    return { type: 'admitted', rest, handshake: this.#handshake };
  }

  #readHandshake(): Handshake | undefined {
    const result = parseHandshake(this.#opening.subarray(0, HANDSHAKE));
    if (result.type === 'malformed') return undefined;
    const { infoHash, peerId, fast, extended, v2 } = result;
    return { infoHash, peerId, fast, extended, v2 };
  }

  #handshakeProblem({ infoHash, peerId }: Handshake): RefusalReason | undefined {
    if (infoHash !== this.#options.infoHash) return 'other-swarm';
    if (peerId === this.#options.own) return 'own-id';
    return peerId === this.#options.remote ? undefined : 'other-id';
  }

  #checkProof(): 'right' | 'wrong' {
    const { crypto, proofKey } = this.#options;
    const role = this.#options.role === 'initiator' ? 'responder' : 'initiator';
    const proof = this.#opening.subarray(HANDSHAKE);
    return checkProof(crypto, proofKey, { ...this.#remote(), role }, this.#own(), proof);
  }

  #own(): End {
    return { peerId: this.#options.own, fingerprint: this.#options.fingerprints.local };
  }

  #remote(): End {
    return { peerId: this.#options.remote, fingerprint: this.#options.fingerprints.remote };
  }
}
