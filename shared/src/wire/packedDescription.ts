import { type Bytes, concat, fromHex, fromUtf8, toHex, toUtf8 } from '../base/bytes.ts';
import { checkDescription } from './description.ts';
import { addressBytes, addressText, type AddressType } from './packedAddress.ts';
import type { Signal } from './signal.ts';
import { readUint32, writeUint32s } from './uint32.ts';

type Described = Extract<Signal, { sdp: string }>;

/** As many ways to reach one end as fit into a code that can be scanned. */
const MAX_CANDIDATES = 8;
const HASH = 32;
const CREDENTIAL = /^[A-Za-z0-9+/]{4,64}$/;
const TYPES = ['host', 'srflx', 'prflx', 'relay'] as const;
const ADDRESSES: readonly AddressType[] = ['ipv4', 'ipv6', 'mdns'];
/** 2 to the power of these: bytes of the largest message taken. */
const MESSAGE_SIZES = { least: 14, usual: 16, most: 30 };

interface Candidate {
  readonly type: (typeof TYPES)[number];
  readonly priority: number;
  readonly address: { readonly type: AddressType; readonly bytes: Bytes };
  readonly port: number;
}

/**
 * What of a description for one data channel tells it from others: ICE's credentials, the fingerprint, who begins DTLS,
 * the largest message, and the first candidates over UDP. Nothing when it is of another kind: with another hash than
 * SHA-256, say.
 */
export function packDescription({ sdp }: Described): Bytes | undefined {
  const check = checkDescription(sdp);
  const print = check.type === 'ok' && /^sha-256 ([\dA-F:]+)$/.exec(check.fingerprint)?.[1];
  const hash = print === false ? undefined : fromHex((print ?? '').replaceAll(':', '').toLowerCase());
  const [ufrag, password] = [attribute(sdp, 'ice-ufrag'), attribute(sdp, 'ice-pwd')];
  if (hash?.length !== HASH || !CREDENTIAL.test(ufrag) || !CREDENTIAL.test(password)) return undefined;
  const size = Math.floor(Math.log2(Number(attribute(sdp, 'max-message-size'))));
  const { least, usual, most } = MESSAGE_SIZES;
  const power = size >= least ? Math.min(size, most) : usual;
  const passive = attribute(sdp, 'setup') === 'passive' ? 0x80 : 0;
  const candidates = candidatesIn(sdp).slice(0, MAX_CANDIDATES);
  return concat(
    Uint8Array.of(power | passive),
    text(ufrag),
    text(password),
    hash,
    Uint8Array.of(candidates.length),
    ...candidates.map(candidateBytes),
  );
}

/** A description that asks for the same connection. Nothing when the bytes are malformed. */
export function unpackDescription(type: Described['type'], packed: Bytes): Described | undefined {
  const reader = new Reader(packed);
  const head = reader.byte();
  const [ufrag, password] = [reader.text(), reader.text()];
  const hash = reader.take(HASH);
  const candidates = reader.candidates();
  if (!CREDENTIAL.test(ufrag) || !CREDENTIAL.test(password) || candidates === undefined || !reader.isDone)
    return undefined;
  const power = head & 0x7f;
  if (power < MESSAGE_SIZES.least || power > MESSAGE_SIZES.most) return undefined;
  const answering = head & 0x80 ? 'passive' : 'active';
  const lines = [
    'v=0',
    'o=- 1 2 IN IP4 127.0.0.1',
    's=-',
    't=0 0',
    'a=group:BUNDLE 0',
    'm=application 9 UDP/DTLS/SCTP webrtc-datachannel',
    'c=IN IP4 0.0.0.0',
    `a=ice-ufrag:${ufrag}`,
    `a=ice-pwd:${password}`,
    'a=ice-options:trickle',
    `a=fingerprint:sha-256 ${toHex(hash).toUpperCase().match(/../g)?.join(':') ?? ''}`,
    `a=setup:${type === 'offer' ? 'actpass' : answering}`,
    'a=mid:0',
    'a=sctp-port:5000',
    `a=max-message-size:${2 ** power}`,
    ...candidates.map(candidateLine),
  ];
  return { type, sdp: lines.map((line) => `${line}\r\n`).join('') };
}

/** The first of that name; empty when there is none. */
function attribute(sdp: string, name: string): string {
  return new RegExp(String.raw`^a=${name}:([^\r\n]*)`, 'm').exec(sdp)?.[1] ?? '';
}

function text(value: string): Bytes {
  return concat(Uint8Array.of(value.length), toUtf8(value));
}

const CANDIDATE =
  /^a=candidate:\S+ 1 udp (?<priority>\d{1,10}) (?<address>\S+) (?<port>\d{1,5}) typ (?<type>[a-z]+)/gim;

function candidatesIn(sdp: string): Candidate[] {
  return [...sdp.matchAll(CANDIDATE)].flatMap(({ groups = {} }) => {
    const type = TYPES.find((each) => each === groups['type']);
    const address = addressBytes(groups['address'] ?? '');
    const [priority, port] = [Number(groups['priority']), Number(groups['port'])];
    if (type === undefined || address === undefined || priority >= 2 ** 32 || port >= 2 ** 16) return [];
    return { type, address, priority, port };
  });
}

function candidateBytes({ type, priority, address, port }: Candidate): Bytes {
  const head = new Uint8Array(5);
  head[0] = TYPES.indexOf(type) | (ADDRESSES.indexOf(address.type) << 2);
  writeUint32s(head, 1, priority);
  return concat(head, Uint8Array.of(port >> 8, port), address.bytes);
}

function candidateLine({ type, priority, address, port }: Candidate, place: number): string {
  const related = type === 'host' ? '' : ' raddr 0.0.0.0 rport 0';
  return `a=candidate:${place + 1} 1 udp ${priority} ${addressText(address)} ${port} typ ${type}${related}`;
}

/** Reads what is not trusted: beyond the end there are zeros, and the whole is then not done. */
class Reader {
  readonly #bytes: Bytes;
  #at = 0;

  constructor(bytes: Bytes) {
    this.#bytes = bytes;
  }

  /** Everything has been read, and nothing beyond. */
  get isDone(): boolean {
    return this.#at === this.#bytes.length;
  }

  byte(): number {
    return this.#bytes[this.#at++] ?? 0;
  }

  take(length: number): Bytes {
    const taken = new Uint8Array(length);
    taken.set(this.#bytes.subarray(this.#at, this.#at + length));
    this.#at += length;
    return taken;
  }

  text(): string {
    return fromUtf8(this.take(this.byte())) ?? '';
  }

  candidates(): readonly Candidate[] | undefined {
    const count = this.byte();
    if (count > MAX_CANDIDATES) return undefined;
    const candidates = Array.from({ length: count }, () => this.#candidate());
    return candidates.every((each) => each !== undefined) ? candidates : undefined;
  }

  #candidate(): Candidate | undefined {
    const head = this.byte();
    const type = TYPES[head & 3];
    const addressType = ADDRESSES[head >> 2];
    const priority = readUint32(this.take(4), 0);
    const port = this.byte() * 256 + this.byte();
    if (type === undefined || addressType === undefined) return undefined;
    const bytes = this.take(addressType === 'ipv4' ? 4 : 16);
    return { type, priority, port, address: { type: addressType, bytes } };
  }
}
