import { type Bytes, concat, equal, toUtf8 } from '../base/bytes.ts';
import { ID_BYTES, idBytes, type InfoHash, infoHashOf, type PeerId, peerIdOf } from '../base/ids.ts';

/** The first bytes of a connection (BEP 3), and the extensions its reserved bits announce. */
export interface Handshake {
  readonly infoHash: InfoHash;
  readonly peerId: PeerId;
  /** BEP 6. */
  readonly fast: boolean;
  /** BEP 10. */
  readonly extended: boolean;
  /** BEP 52. */
  readonly v2: boolean;
}

type HandshakeResult =
  | ({ readonly type: 'handshake' } & Handshake)
  | { readonly type: 'malformed'; readonly reason: 'length' | 'protocol' };

const PROTOCOL = concat(Uint8Array.of(19), toUtf8('BitTorrent protocol'));
const RESERVED = PROTOCOL.length;
const INFO_HASH = RESERVED + 8;
const PEER_ID = INFO_HASH + ID_BYTES;

/** Bytes of a handshake: 20 that name the protocol, 8 reserved, the info hash, the peer id. */
export const HANDSHAKE = PEER_ID + ID_BYTES;

const EXTENDED = { byte: RESERVED + 5, bit: 0x10 };
const FAST = { byte: RESERVED + 7, bit: 0x04 };
const V2 = { byte: RESERVED + 7, bit: 0x10 };

export function encodeHandshake({ infoHash, peerId, fast, extended, v2 }: Handshake): Bytes {
  const bytes = concat(PROTOCOL, new Uint8Array(8), idBytes(infoHash), idBytes(peerId));
  const bits = [fast ? FAST : [], extended ? EXTENDED : [], v2 ? V2 : []].flat();
  for (const { byte, bit } of bits) bytes[byte] = (bytes[byte] ?? 0) | bit;
  return bytes;
}

/** Reserved bits that no extension known here has claimed are ignored. */
export function parseHandshake(bytes: Uint8Array): HandshakeResult {
  if (bytes.length !== HANDSHAKE) return { type: 'malformed', reason: 'length' };
  if (!equal(bytes.subarray(0, RESERVED), PROTOCOL)) return { type: 'malformed', reason: 'protocol' };
  const has = ({ byte, bit }: { byte: number; bit: number }) => ((bytes[byte] ?? 0) & bit) !== 0;
  return {
    type: 'handshake',
    infoHash: infoHashOf(bytes.subarray(INFO_HASH, PEER_ID)),
    peerId: peerIdOf(bytes.subarray(PEER_ID)),
    fast: has(FAST),
    extended: has(EXTENDED),
    v2: has(V2),
  };
}
