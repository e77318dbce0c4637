import type { Bitfield } from '../base/bitfield.ts';
import type { PieceIndex } from '../content/layout.ts';
import type { Metainfo } from '../content/metainfo.ts';
import {
  encodeExtendedHandshake,
  EXTENDED_HANDSHAKE,
  LT_DONTHAVE,
  SHOAL_LANE,
  UT_METADATA,
} from '../wire/extensions.ts';
import type { Message } from '../wire/message.ts';
import { writeUint32s } from '../wire/uint32.ts';
import type { Peer } from './peer.ts';
import { REQUEST_QUEUE } from './uploader.ts';

/** The extended handshake (BEP 10), once more when the metainfo has become known. */
export function greeting(metainfo: Metainfo | undefined, lanes: boolean): Message {
  const m = new Map([
    ['ut_metadata', UT_METADATA],
    ['lt_donthave', LT_DONTHAVE],
    ...(lanes ? [['shoal_lane', SHOAL_LANE] as const] : []),
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

/** That we have a piece no longer (BEP 54). */
export function tellDontHave(peer: Peer, piece: PieceIndex): void {
  const id = peer.extensions?.dontHave;
  if (id === undefined) return;
  const payload = new Uint8Array(4);
  writeUint32s(payload, 0, piece);
  peer.send({ type: 'extended', id, payload });
}
