import { createCipheriv, createDecipheriv, createHash, createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { infoHashIn, secretIn } from './link.ts';

/** Whose signal it is, and for which connection; ids in hexadecimal. */
export interface SignalRoute {
  readonly from: string;
  readonly to: string;
  readonly offerId: Buffer;
}

/** One end of a connection, as a proof names it. */
export interface ProofParty {
  readonly id: string;
  /** As in a description, after `a=fingerprint:`. */
  readonly fingerprint: string;
}

const NONCE = 12;
const TAG = 16;
const HEAD = 9;

/** What whoever holds a link can make, from the text of PROTOCOL.md alone. */
export class Member {
  readonly infoHash: string;
  readonly #keys: Readonly<Record<'signal' | 'proof' | 'check', Buffer>>;

  constructor(link: string) {
    this.infoHash = infoHashIn(link);
    const membership = derive(secretIn(link), 'membership', 16);
    this.#keys = {
      signal: derive(membership, 'signal', 32),
      proof: derive(membership, 'proof', 32),
      check: derive(membership, 'check', 32),
    };
  }

  /** Section 3. */
  checkOf(peerId: string): string {
    return createHmac('sha256', this.#keys.check).update(peerId, 'hex').digest('base64url');
  }

  /** Section 4. */
  seal(route: SignalRoute, signal: unknown): Buffer {
    const nonce = randomBytes(NONCE);
    const cipher = createCipheriv('aes-256-gcm', this.#keys.signal, nonce).setAAD(this.#associated(route));
    const body = Buffer.concat([cipher.update(JSON.stringify({ lane: 0, signal })), cipher.final()]);
    return Buffer.concat([Buffer.of(1), route.offerId, nonce, body, cipher.getAuthTag()]);
  }

  /** Section 4. @throws Error when it does not open. */
  open({ from, to, sealed }: Omit<SignalRoute, 'offerId'> & { sealed: Buffer }): Opened {
    const offerId = sealed.subarray(1, HEAD);
    const nonce = sealed.subarray(HEAD, HEAD + NONCE);
    const decipher = createDecipheriv('aes-256-gcm', this.#keys.signal, nonce);
    decipher.setAAD(this.#associated({ from, to, offerId })).setAuthTag(sealed.subarray(-TAG));
    const body = Buffer.concat([decipher.update(sealed.subarray(HEAD + NONCE, -TAG)), decipher.final()]);
    return { offerId, signal: (JSON.parse(body.toString()) as { signal: Opened['signal'] }).signal };
  }

  /** Section 5: the 100 bytes that begin a connection. */
  greeting(role: 0 | 1, own: ProofParty, other: ProofParty): Buffer {
    const proof = createHmac('sha256', this.#keys.proof)
      .update(Buffer.of(role))
      .update(Buffer.concat([own, other].flatMap(partyBytes)))
      .digest();
    return Buffer.concat([
      Buffer.from('\x13BitTorrent protocol', 'latin1'),
      Buffer.from('0000000000100014', 'hex'),
      Buffer.from(this.infoHash, 'hex'),
      Buffer.from(own.id, 'hex'),
      proof,
    ]);
  }

  #associated({ from, to, offerId }: SignalRoute): Buffer {
    const ids = [this.infoHash, from, to].map((id) => Buffer.from(id, 'hex'));
    return Buffer.concat([Buffer.of(1), ...ids, offerId]);
  }
}

export interface Opened {
  readonly offerId: Buffer;
  readonly signal: { readonly type: string; readonly sdp?: string; readonly candidate?: string };
}

/** The one in a description. */
export function fingerprintIn(sdp: string): string {
  const [, fingerprint] = /^a=fingerprint:(.+?)\r?$/m.exec(sdp) ?? [];
  if (fingerprint === undefined) throw new Error('description: expected a fingerprint, found none');
  return fingerprint;
}

function partyBytes({ id, fingerprint }: ProofParty): Buffer[] {
  return [Buffer.from(id, 'hex'), createHash('sha256').update(normalFingerprint(fingerprint)).digest()];
}

/** As proofs have it. */
export function normalFingerprint(fingerprint: string): string {
  const [algorithm = '', bytes = ''] = fingerprint.split(' ');
  return `${algorithm.toLowerCase()} ${bytes.toUpperCase()}`;
}

function derive(key: Buffer, purpose: string, bytes: number): Buffer {
  return Buffer.from(hkdfSync('sha256', key, Buffer.alloc(0), `shoal/1 ${purpose}`, bytes));
}
