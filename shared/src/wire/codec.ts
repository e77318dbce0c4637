import { allocate, type Allocate, type Bytes, concat } from '../base/bytes.ts';
import type { HashRange, Message, Range } from './message.ts';
import { HASH, HASH_RANGE, MESSAGE_ID } from './messageId.ts';
import { writeUint32, writeUint32s } from './uint32.ts';

/** Bytes before the data of a piece: length prefix, id, piece, begin. */
const PIECE_HEAD = 13;

export { type DecodeResult, MessageDecoder } from './messageDecoder.ts';

/**
 * A whole frame: 4 bytes of length, the id, the payload. A keep-alive is a length of 0 (BEP 3).
 *
 * @param room for the frame of a piece.
 */
export function encodeMessage(message: Message, room: Allocate = allocate): Bytes {
  switch (message.type) {
    case 'keepAlive':
      return new Uint8Array(4);
    case 'have':
    case 'suggest':
    case 'allowedFast':
      return numberFrame(MESSAGE_ID[message.type], message.piece);
    case 'request':
    case 'cancel':
    case 'reject':
      return rangeFrame(MESSAGE_ID[message.type], message);
    case 'bitfield':
      return concat(head(MESSAGE_ID.bitfield, message.bits.length), message.bits);
    case 'piece':
      return pieceFrame(message.piece, message.begin, message.data, room);
    case 'extended':
      return extendedFrame(message.id, message.payload);
    case 'hashRequest':
    case 'hashReject':
      return hashRangeFrame(MESSAGE_ID[message.type], message);
    case 'hashes':
      return hashRangeFrame(MESSAGE_ID.hashes, message, message.hashes);
    case 'unknown':
      return head(message.id, 0);
    case 'choke':
    case 'unchoke':
    case 'interested':
    case 'notInterested':
    case 'haveAll':
    case 'haveNone':
      return head(MESSAGE_ID[message.type], 0);
  }
}

function pieceFrame(piece: number, begin: number, data: Bytes, room: Allocate): Bytes {
  const frame = room(PIECE_HEAD + data.length);
  writeUint32(frame, 0, PIECE_HEAD - 4 + data.length);
  frame[4] = MESSAGE_ID.piece;
  writeUint32s(frame, 5, piece, begin);
  frame.set(data, PIECE_HEAD);
  return frame;
}

/** Length prefix and id, and `room` zero bytes of the payload. */
function head(id: number, payload: number, room = 0): Bytes {
  const bytes = new Uint8Array(5 + room);
  writeUint32(bytes, 0, 1 + payload);
  bytes[4] = id;
  return bytes;
}

function numberFrame(id: number, number: number): Bytes {
  const frame = head(id, 4, 4);
  writeUint32(frame, 5, number);
  return frame;
}

function rangeFrame(id: number, { piece, begin, length }: Range): Bytes {
  const frame = head(id, 12, 12);
  writeUint32s(frame, 5, piece, begin, length);
  return frame;
}

function extendedFrame(id: number, payload: Bytes): Bytes {
  return concat(head(MESSAGE_ID.extended, 1 + payload.length), Uint8Array.of(id), payload);
}

function hashRangeFrame(id: number, range: HashRange, hashes: Uint8Array = new Uint8Array()): Bytes {
  const frame = head(id, HASH_RANGE + hashes.length, HASH_RANGE + hashes.length);
  frame.set(range.root, 5);
  writeUint32s(frame, 5 + HASH, range.baseLayer, range.index, range.length, range.proofLayers);
  frame.set(hashes, 5 + HASH_RANGE);
  return frame;
}
