import { MAX_EXTENDED, MAX_REQUEST } from './limits.ts';

/** The id byte of each message (BEP 3, 6, 10 and 52). */
export const MESSAGE_ID = {
  choke: 0,
  unchoke: 1,
  interested: 2,
  notInterested: 3,
  have: 4,
  bitfield: 5,
  request: 6,
  piece: 7,
  cancel: 8,
  suggest: 13,
  haveAll: 14,
  haveNone: 15,
  reject: 16,
  allowedFast: 17,
  extended: 20,
  hashRequest: 21,
  hashes: 22,
  hashReject: 23,
} as const;

/** Bytes of one hash (SHA-256). */
export const HASH = 32;

/** Bytes of a range: piece, begin, length. */
export const RANGE = 3 * 4;

/** Bytes of a hash range: root, base layer, index, length, proof layers. */
export const HASH_RANGE = HASH + 4 * 4;

/** What a message's payload, all after its id, may measure: from `least` to `most` in steps of `step`. */
interface PayloadBounds {
  readonly least: number;
  readonly most: number;
  readonly step: number;
}

const exactly = (length: number): PayloadBounds => ({ least: length, most: length, step: 1 });
const atLeast = (least: number, step = 1): PayloadBounds => ({ least, most: Number.MAX_SAFE_INTEGER, step });

const BOUNDS: ReadonlyMap<number, PayloadBounds> = new Map([
  [MESSAGE_ID.choke, exactly(0)],
  [MESSAGE_ID.unchoke, exactly(0)],
  [MESSAGE_ID.interested, exactly(0)],
  [MESSAGE_ID.notInterested, exactly(0)],
  [MESSAGE_ID.have, exactly(4)],
  [MESSAGE_ID.bitfield, atLeast(0)],
  [MESSAGE_ID.request, exactly(RANGE)],
  [MESSAGE_ID.piece, { least: 8 + 1, most: 8 + MAX_REQUEST, step: 1 }],
  [MESSAGE_ID.cancel, exactly(RANGE)],
  [MESSAGE_ID.suggest, exactly(4)],
  [MESSAGE_ID.haveAll, exactly(0)],
  [MESSAGE_ID.haveNone, exactly(0)],
  [MESSAGE_ID.reject, exactly(RANGE)],
  [MESSAGE_ID.allowedFast, exactly(4)],
  [MESSAGE_ID.extended, { least: 1, most: 1 + MAX_EXTENDED, step: 1 }],
  [MESSAGE_ID.hashRequest, exactly(HASH_RANGE)],
  [MESSAGE_ID.hashes, atLeast(HASH_RANGE + HASH, HASH)],
  [MESSAGE_ID.hashReject, exactly(HASH_RANGE)],
]);

const ANYTHING = atLeast(0);

/** A message of an unknown id may have any payload that its frame has room for. */
export function payloadBounds(id: number): PayloadBounds {
  return BOUNDS.get(id) ?? ANYTHING;
}
