import type { Bytes } from '../base/bytes.ts';
import type { HashRange, Message, Range } from './message.ts';
import { HASH, HASH_RANGE, MESSAGE_ID, payloadBounds } from './messageId.ts';
import { readUint32 } from './uint32.ts';

/** Bytes of the length prefix, and of the prefix with the id. */
const PREFIX = 4;
const HEAD = PREFIX + 1;
const AFTER_ROOT = HEAD + HASH;

/** A frame that no honest peer sends: the stream cannot be read on. */
export interface Malformed {
  readonly type: 'malformed';
  readonly reason: 'frame-too-long' | 'wrong-payload-length';
  readonly expected: string;
  /** Bytes of the frame, or of the payload. */
  readonly received: number;
}

/**
 * How many bytes the frame at `start` takes, as far as the bytes from there to `end` tell: when that many are there, the
 * frame is whole. Looks at the head only, so that no room is made for a length that is not allowed.
 */
export function frameLength(bytes: Bytes, start: number, end: number, most: number): number | Malformed {
  if (end - start < PREFIX) return PREFIX;
  const whole = PREFIX + readUint32(bytes, start);
  if (whole > most)
    return { type: 'malformed', reason: 'frame-too-long', expected: `at most ${most}`, received: whole };
  if (whole === PREFIX) return PREFIX;
  if (end - start < HEAD) return HEAD;
  return payloadProblem(bytes[start + PREFIX] ?? 0, whole - HEAD) ?? whole;
}

function payloadProblem(id: number, length: number): Malformed | undefined {
  const { least, most, step } = payloadBounds(id);
  if (length >= least && length <= most && (length - least) % step === 0) return undefined;
  const expected = `message ${id}: ${least} to ${most} in steps of ${step}`;
  return { type: 'malformed', reason: 'wrong-payload-length', expected, received: length };
}

/** What a whole frame, whose length has been checked, says. Its bytes are views of the frame's. */
export function parseFrame(frame: Bytes): Message {
  if (frame.length === PREFIX) return { type: 'keepAlive' };
  return parseBody(frame[PREFIX] ?? 0, frame);
}

function parseBody(id: number, frame: Bytes): Message {
  switch (id) {
    case MESSAGE_ID.choke:
      return { type: 'choke' };
    case MESSAGE_ID.unchoke:
      return { type: 'unchoke' };
    case MESSAGE_ID.interested:
      return { type: 'interested' };
    case MESSAGE_ID.notInterested:
      return { type: 'notInterested' };
    case MESSAGE_ID.have:
      return { type: 'have', piece: readUint32(frame, HEAD) };
    case MESSAGE_ID.bitfield:
      return { type: 'bitfield', bits: frame.subarray(HEAD) };
    case MESSAGE_ID.request:
      return { type: 'request', ...range(frame) };
    case MESSAGE_ID.piece:
      return piece(frame);
    case MESSAGE_ID.cancel:
      return { type: 'cancel', ...range(frame) };
    case MESSAGE_ID.suggest:
      return { type: 'suggest', piece: readUint32(frame, HEAD) };
    case MESSAGE_ID.haveAll:
      return { type: 'haveAll' };
    case MESSAGE_ID.haveNone:
      return { type: 'haveNone' };
    case MESSAGE_ID.reject:
      return { type: 'reject', ...range(frame) };
    case MESSAGE_ID.allowedFast:
      return { type: 'allowedFast', piece: readUint32(frame, HEAD) };
    case MESSAGE_ID.extended:
      return { type: 'extended', id: frame[HEAD] ?? 0, payload: frame.subarray(HEAD + 1) };
    case MESSAGE_ID.hashRequest:
      return { type: 'hashRequest', ...hashRange(frame) };
    case MESSAGE_ID.hashes:
      return { type: 'hashes', ...hashRange(frame), hashes: frame.subarray(HEAD + HASH_RANGE) };
    case MESSAGE_ID.hashReject:
      return { type: 'hashReject', ...hashRange(frame) };
    default:
      return { type: 'unknown', id };
  }
}

function range(frame: Bytes): Range {
  return {
    piece: readUint32(frame, HEAD),
    begin: readUint32(frame, HEAD + 4),
    length: readUint32(frame, HEAD + 8),
  };
}

function piece(frame: Bytes): Message {
  return {
    type: 'piece',
    piece: readUint32(frame, HEAD),
    begin: readUint32(frame, HEAD + 4),
    data: frame.subarray(HEAD + 8),
  };
}

function hashRange(frame: Bytes): HashRange {
  return {
    root: frame.subarray(HEAD, AFTER_ROOT),
    baseLayer: readUint32(frame, AFTER_ROOT),
    index: readUint32(frame, AFTER_ROOT + 4),
    length: readUint32(frame, AFTER_ROOT + 8),
    proofLayers: readUint32(frame, AFTER_ROOT + 12),
  };
}
