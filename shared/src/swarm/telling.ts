import type { Bitfield } from '../base/bitfield.ts';
import type { PieceIndex } from '../content/layout.ts';
import type { Metainfo } from '../content/metainfo.ts';
import {
  encodeExtendedHandshake,
  EXTENDED_HANDSHAKE,
  LT_DONTHAVE,
  SHOAL_DHT,
  SHOAL_LANE,
  SHOAL_PEERS,
  UT_METADATA,
} from '../wire/extensions.ts';
import type { Message } from '../wire/message.ts';
import { writeUint32s } from '../wire/uint32.ts';
import type { Peer } from './peer.ts';
import { REQUEST_QUEUE } from './uploader.ts';

/** Extensions that are not always spoken. */
interface Spoken {
  readonly lanes: boolean;
  /** Nothing when it was never spoken: then there is nothing to take back. */
  readonly overlay: boolean | undefined;
}

/** The extended handshake (BEP 10), once more when the metainfo has become known. */
export function greeting(metainfo: Metainfo | undefined, { lanes, overlay }: Spoken): Message {
  const m = new Map([
    ['ut_metadata', UT_METADATA],
    ['lt_donthave', LT_DONTHAVE],
    ['shoal_peers', SHOAL_PEERS],
    ...(lanes ? [['shoal_lane', SHOAL_LANE] as const] : []),
    ...(overlay === undefined ? [] : [['shoal_dht', overlay ? SHOAL_DHT : 0] as const]),
  ]);
  const metadataSize = metainfo?.info.length;
  const payload = encodeExtendedHandshake({ m, reqq: REQUEST_QUEUE, metadataSize });
  return { type: 'extended', id: EXTENDED_HANDSHAKE, payload };
}

/** What we have, as the first message says it (BEP 3, BEP 6). */
export function openingOf(have: Bitfield | undefined): Message {
  if (have === undefined || have.count === 0) return { type: 'haveNone' };
  return have.complete ? { type: 'haveAll' } : { type: 'bitfield', bits: have.toBytes() };
}

/** Who has the piece itself has no hurry to know. A first seeder has: it watches what becomes of its pieces. */
export function tellHave(peer: Peer, piece: PieceIndex): void {
  if (!peer.isSeeder && peer.claims.bitfield?.has(piece) === true) peer.tellLater(piece);
  else peer.send({ type: 'have', piece });
}

/** That we have a piece no longer (BEP 54). */
export function tellDontHave(peer: Peer, piece: PieceIndex): void {
  if (peer.leaveUntold(piece)) return;
  const id = peer.extensions?.dontHave;
  if (id === undefined) return;
  const payload = new Uint8Array(4);
  writeUint32s(payload, 0, piece);
  peer.send({ type: 'extended', id, payload });
}
