import { type Bytes, concat } from '../base/bytes.ts';
import { ID_BYTES, idBytes, type PeerId, peerIdOf } from '../base/ids.ts';
import { MAX_TOLD } from '../base/peerExchange.ts';
import { MAX_PASSED } from './limits.ts';

/** What connected peers tell each other of others: the payload of the extension `shoal_peers`. */
export type PeersMessage =
  /** With whom the sender has come to be connected, and with whom it is no longer. */
  | { readonly type: 'peers'; readonly added: readonly PeerId[]; readonly dropped: readonly PeerId[] }
  /** A sealed signal to be passed on to somebody that the receiver is connected with. */
  | { readonly type: 'pass'; readonly peer: PeerId; readonly sealed: Bytes }
  /** The same, passed on: from whom it comes. */
  | { readonly type: 'passed'; readonly peer: PeerId; readonly sealed: Bytes };

const KIND = { peers: 0, pass: 1, passed: 2 } as const;

/** One byte that says what it is; then how many are added, and ids; or one id, and the signal. */
export function encodePeersMessage(message: PeersMessage): Bytes {
  const kind = KIND[message.type];
  if (message.type !== 'peers') return concat(Uint8Array.of(kind), idBytes(message.peer), message.sealed);
  const { added, dropped } = message;
  return concat(Uint8Array.of(kind, added.length), ...[...added, ...dropped].map(idBytes));
}

/** Nothing when it is malformed or beyond the limits; `unknown` when it is of a kind yet to come. */
export function parsePeersMessage(payload: Bytes): PeersMessage | { readonly type: 'unknown' } | undefined {
  switch (payload[0]) {
    case undefined:
      return undefined;
    case KIND.peers:
      return parsePeers(payload[1] ?? 0, payload.subarray(2));
    case KIND.pass:
    case KIND.passed:
      return parseSignal(payload[0] === KIND.pass ? 'pass' : 'passed', payload.subarray(1));
    default:
      return { type: 'unknown' };
  }
}

function parsePeers(added: number, rest: Bytes): PeersMessage | undefined {
  const count = rest.length / ID_BYTES;
  if (!Number.isInteger(count) || added > Math.min(count, MAX_TOLD) || count - added > MAX_TOLD)
    return undefined;
  const ids = Array.from({ length: count }, (_, place) =>
    peerIdOf(rest.subarray(place * ID_BYTES, (place + 1) * ID_BYTES)),
  );
  return { type: 'peers', added: ids.slice(0, added), dropped: ids.slice(added) };
}

function parseSignal(type: 'pass' | 'passed', rest: Bytes): PeersMessage | undefined {
  const length = rest.length - ID_BYTES;
  if (length <= 0 || length > MAX_PASSED) return undefined;
  return { type, peer: peerIdOf(rest.subarray(0, ID_BYTES)), sealed: rest.slice(ID_BYTES) };
}
