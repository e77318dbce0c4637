import { type Bytes, concat } from '../base/bytes.ts';
import { idBytes, type InfoHash, infoHashOf, type PeerId, peerIdOf } from '../base/ids.ts';

/** What a signal through the overlay is about. */
export type SignalPayload =
  /** A connection to be a link: an envelope with a description or a candidate, as UTF-8 JSON. */
  | { readonly type: 'link'; readonly offerId: Bytes; readonly envelope: Bytes }
  /** No link for that offer: there is no room. */
  | { readonly type: 'declined'; readonly offerId: Bytes }
  /** A sealed signal between members of a swarm, as a tracker would pass it on. */
  | {
      readonly type: 'swarm';
      readonly infoHash: InfoHash;
      readonly from: PeerId;
      readonly to: PeerId;
      readonly sealed: Bytes;
    };

export const OFFER_ID = 8;
const ID = 20;
const KIND = { link: 1, declined: 2, swarm: 3 } as const;

/** One byte that says what it is, and its fields one after the other; the last takes the rest. */
export function encodePayload(payload: SignalPayload): Bytes {
  const kind = Uint8Array.of(KIND[payload.type]);
  switch (payload.type) {
    case 'link':
      return concat(kind, payload.offerId, payload.envelope);
    case 'declined':
      return concat(kind, payload.offerId);
    case 'swarm':
      return concat(kind, ...[payload.infoHash, payload.from, payload.to].map(idBytes), payload.sealed);
  }
}

/** Nothing when it is malformed, or of a kind to come. */
export function parsePayload(bytes: Bytes): SignalPayload | undefined {
  const rest = bytes.slice(1);
  switch (bytes[0]) {
    case KIND.link:
      if (rest.length <= OFFER_ID) return undefined;
      return { type: 'link', offerId: rest.slice(0, OFFER_ID), envelope: rest.slice(OFFER_ID) };
    case KIND.declined:
      return rest.length === OFFER_ID ? { type: 'declined', offerId: rest } : undefined;
    case KIND.swarm:
      return parseSwarm(rest);
    case undefined:
    default:
      return undefined;
  }
}

function parseSwarm(rest: Bytes): SignalPayload | undefined {
  if (rest.length <= 3 * ID) return undefined;
  return {
    type: 'swarm',
    infoHash: infoHashOf(rest.subarray(0, ID)),
    from: peerIdOf(rest.subarray(ID, 2 * ID)),
    to: peerIdOf(rest.subarray(2 * ID, 3 * ID)),
    sealed: rest.slice(3 * ID),
  };
}
