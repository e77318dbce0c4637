import { type Bytes, concat } from '../base/bytes.ts';
import type { Crypto } from '../base/crypto.ts';
import { MAX_TOLD } from '../base/peerExchange.ts';
import { type Bencodable, decode, encode } from '../content/bencode.ts';
import { answerFields, readAnswer } from './answerCodec.ts';
import { contactBytes, readContacts } from './contactCodec.ts';
import { Fields } from './fields.ts';
import * as limits from './limits.ts';
import type { DhtMessage, Received, Reply } from './message.ts';
import { nodeIdOfBytes, PLACE_BYTES, placeBytes } from './nodeId.ts';
import { PATH_BYTES, pathBytes, type PathId, pathIdOf } from './pathId.ts';
import { providerFields, readKey, readProviderRecord } from './recordCodec.ts';
import { readRequest, requestFields } from './requestCodec.ts';
import { isSeconds } from './stamp.ts';

const MESSAGE = { hello: 0, forward: 1, ack: 2, reply: 3, replicate: 4, peers: 5, back: 6 } as const;

const MAX_SALT_NUMBER = 255;
const BENCODE = { maxDepth: 4, maxValues: 200 };

/** Payload of an extension message. */
export function encodeMessage(message: DhtMessage): Bytes {
  return encode({ t: MESSAGE[message.type], ...messageFields(message) });
}

/** Says nothing of signatures. Ids of contacts are computed from their keys, so they are right. */
export function decodeMessage(crypto: Crypto, payload: Uint8Array): Received {
  const fields = payload.length > limits.MAX_MESSAGE ? undefined : Fields.of(decode(payload, BENCODE));
  const kind = fields?.number('t', Number.MAX_SAFE_INTEGER);
  if (fields === undefined || kind === undefined) return { type: 'malformed' };
  if (kind > MESSAGE.back) return { type: 'unknown' };
  return readMessage(crypto, kind, fields) ?? { type: 'malformed' };
}

function messageFields(message: DhtMessage): Record<string, Bencodable> {
  switch (message.type) {
    case 'hello':
      return { k: message.publicKey, s: message.signature, w: message.time };
    case 'forward': {
      const { path, target, salt, left, request } = message;
      return { p: pathBytes(path), g: placeBytes(target), v: salt, l: left, r: requestFields(request) };
    }
    case 'ack':
      return { p: pathBytes(message.path) };
    case 'reply':
      return { p: pathBytes(message.path), l: message.left, a: answerFields(message.answer) };
    case 'back':
      return { p: pathBytes(message.path), s: message.sealed };
    case 'replicate':
      return { r: message.records.map(providerFields) };
    case 'peers':
      return { a: contactBytes(message.added), d: concat(...message.dropped.map(placeBytes)) };
  }
}

function readMessage(crypto: Crypto, kind: number, fields: Fields): DhtMessage | undefined {
  switch (kind) {
    case MESSAGE.hello:
      return readHello(fields);
    case MESSAGE.forward:
      return readForward(fields);
    case MESSAGE.ack: {
      const path = readPath(fields);
      return path && { type: 'ack', path };
    }
    case MESSAGE.reply:
      return readReply(crypto, fields);
    case MESSAGE.replicate: {
      const records = fields.list('r', limits.MAX_PROVIDERS, readProviderRecord);
      return records && { type: 'replicate', records };
    }
    case MESSAGE.peers:
      return readPeers(crypto, fields);
    default:
      return readBack(fields);
  }
}

function readHello(fields: Fields): DhtMessage | undefined {
  const publicKey = fields.exactly('k', limits.PUBLIC_KEY_BYTES);
  const signature = fields.exactly('s', limits.SIGNATURE_BYTES);
  const time = fields.number('w', Number.MAX_SAFE_INTEGER);
  if (!publicKey || !signature || !isSeconds(time)) return undefined;
  return { type: 'hello', publicKey, signature, time };
}

function readForward(fields: Fields): DhtMessage | undefined {
  const path = readPath(fields);
  const target = readKey(fields);
  const salt = fields.number('v', MAX_SALT_NUMBER);
  const left = fields.number('l', limits.MAX_STEPS);
  const inner = fields.fields('r');
  const request = inner && readRequest(inner);
  if (!path || !target || salt === undefined || left === undefined || !request) return undefined;
  return { type: 'forward', path, target, salt, left, request };
}

function readReply(crypto: Crypto, fields: Fields): Reply | undefined {
  const path = readPath(fields);
  const left = fields.number('l', limits.MAX_STEPS);
  const inner = fields.fields('a');
  const answer = inner && readAnswer(crypto, inner);
  return path && left !== undefined && answer ? { type: 'reply', path, left, answer } : undefined;
}

function readBack(fields: Fields): DhtMessage | undefined {
  const path = readPath(fields);
  const sealed = fields.atMost('s', limits.MAX_SIGNAL);
  return path && sealed && { type: 'back', path, sealed };
}

function readPeers(crypto: Crypto, fields: Fields): DhtMessage | undefined {
  const added = readContacts(crypto, fields, 'a', MAX_TOLD);
  const dropped = fields.parts('d', PLACE_BYTES, MAX_TOLD)?.map(nodeIdOfBytes);
  return added && dropped && { type: 'peers', added, dropped };
}

function readPath(fields: Fields): PathId | undefined {
  const bytes = fields.exactly('p', PATH_BYTES);
  return bytes && pathIdOf(bytes);
}
