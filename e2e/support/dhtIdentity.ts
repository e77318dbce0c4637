import {
  createCipheriv,
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  hkdfSync,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto';
import { normalFingerprint, type ProofParty } from './member.ts';

/** PKCS #8 and SubjectPublicKeyInfo, but for the 32 bytes at their end (RFC 8410). */
const PRIVATE = { ed25519: '302e020100300506032b657004220420', x25519: '302e020100300506032b656e04220420' };
const PUBLIC_X25519 = '302a300506032b656e032100';
const FIELD = 2n ** 255n - 19n;

/** A node's key, and what whoever has one can sign and seal, from the text of PROTOCOL.md, section 9. */
export class DhtIdentity {
  readonly publicKey: Buffer;
  readonly #seed = randomBytes(32);
  readonly #key = privateKey('ed25519', this.#seed);

  constructor() {
    this.publicKey = publicBytes(this.#key);
  }

  /** @param role of whoever says hello: 0 made the offer. */
  provedConnection(role: 0 | 1, own: ProofParty, other: ProofParty): Buffer {
    const ends = [own, other].map(({ fingerprint }) => sha256(Buffer.from(normalFingerprint(fingerprint))));
    return this.#signed('connection', Buffer.of(role), ...ends);
  }

  /** A mutable record: BEP 44, without a salt. */
  mutable(sequence: number, value: Buffer) {
    const said = Buffer.concat([Buffer.from(`3:seqi${sequence}e1:v${value.length}:`), value]);
    const [k, sig] = [this.publicKey, sign(null, said, this.#key)];
    return { k, salt: Buffer.alloc(0), seq: sequence, sig, v: value };
  }

  /** A provider record. */
  provider(key: Buffer, seconds: number, body: Buffer) {
    const s = this.#signed('provider', key, secondsBytes(seconds), body);
    return { a: this.publicKey, b: body, g: key, i: seconds, s };
  }

  /** A sealed signal. */
  sealed(to: Buffer, seconds: number, payload: Buffer): Buffer {
    const box = new DhtIdentity();
    const signature = this.#signed('signal', to, box.publicKey, secondsBytes(seconds), payload);
    const agreed = box.#agreedWith(to);
    const secret = Buffer.concat([agreed, box.publicKey, to]);
    const key = Buffer.from(hkdfSync('sha256', secret, Buffer.alloc(0), 'shoal/1 dht signal', 32));
    const head = Buffer.concat([Buffer.of(1), box.publicKey]);
    const cipher = createCipheriv('aes-256-gcm', key, Buffer.alloc(12)).setAAD(Buffer.concat([head, to]));
    const content = Buffer.concat([this.publicKey, secondsBytes(seconds), signature, payload]);
    return Buffer.concat([head, cipher.update(content), cipher.final(), cipher.getAuthTag()]);
  }

  #signed(purpose: string, ...parts: readonly Buffer[]): Buffer {
    return sign(null, Buffer.concat([Buffer.from(`shoal/1 dht ${purpose}`), ...parts]), this.#key);
  }

  #agreedWith(other: Buffer): Buffer {
    const scalar = createHash('sha512').update(this.#seed).digest().subarray(0, 32);
    const der = Buffer.concat([Buffer.from(PUBLIC_X25519, 'hex'), montgomery(other)]);
    const publicKey = createPublicKey({ key: der, format: 'der', type: 'spki' });
    return diffieHellman({ privateKey: privateKey('x25519', scalar), publicKey });
  }
}

/** Where a node is. */
export function placeOf(publicKey: Buffer): Buffer {
  return sha256(publicKey).subarray(0, 20);
}

function sha256(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}

function secondsBytes(seconds: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(seconds);
  return bytes;
}

function privateKey(curve: keyof typeof PRIVATE, secret: Buffer): KeyObject {
  const der = Buffer.concat([Buffer.from(PRIVATE[curve], 'hex'), secret]);
  return createPrivateKey({ key: der, format: 'der', type: 'pkcs8' });
}

function publicBytes(key: KeyObject): Buffer {
  return createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32);
}

/** An Ed25519 key as one of X25519 (RFC 7748): u = (1 + y) / (1 - y). */
function montgomery(publicKey: Buffer): Buffer {
  const reversed = Buffer.from(publicKey).reverse();
  reversed[0]! &= 0x7f;
  const y = BigInt(`0x${reversed.toString('hex')}`);
  const u = (((1n + y) % FIELD) * power(FIELD + 1n - y, FIELD - 2n)) % FIELD;
  return Buffer.from(u.toString(16).padStart(64, '0'), 'hex').reverse();
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  let square = base % FIELD;
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * square) % FIELD;
    square = (square * square) % FIELD;
  }
  return result;
}
