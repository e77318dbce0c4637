import { type Bytes, concat, fromUtf8, toUtf8 } from '../base/bytes.ts';
import type { Crypto } from '../base/crypto.ts';
import { idBytes, type InfoHash, type PeerId } from '../base/ids.ts';
import type { Random } from '../base/random.ts';
import { encodeEnvelope, type Envelope, parseEnvelope } from './envelope.ts';
import { MAX_SIGNAL } from './limits.ts';

/** Whose signal it is: in which swarm, from whom, to whom. */
interface SignalRoute {
  readonly infoHash: InfoHash;
  readonly from: PeerId;
  readonly to: PeerId;
}

type OpenResult =
  | ({ readonly type: 'signal'; readonly offerId: Bytes } & Envelope)
  /** Not sealed for this route by a member: to be left without an answer. */
  | { readonly type: 'unreadable' }
  /** A member's, but not one that may reach the browser's WebRTC. */
  | { readonly type: 'refused'; readonly reason: string };

/** Bytes of the id that an offer, its answer and their candidates share. */
export const OFFER_ID = 8;

const VERSION = 1;
const NONCE = 12;
const TAG = 16;
const HEAD = 1 + OFFER_ID;
const LEAST = HEAD + NONCE + TAG;

/**
 * Version ‖ offer id ‖ nonce ‖ AES-256-GCM of the envelope, at most MAX_SIGNAL bytes.
 * @throws RangeError when the offer id or the whole has the wrong length.
 */
export function sealSignal(
  crypto: Crypto,
  random: Random,
  signalKey: Uint8Array,
  route: SignalRoute & { readonly offerId: Bytes },
  envelope: Envelope,
): Bytes {
  const { offerId } = route;
  if (offerId.length !== OFFER_ID)
    throw new RangeError(`offer id: expected ${OFFER_ID} bytes, received ${offerId.length}`);
  const nonce = random.bytes(NONCE);
  const content = crypto.seal(signalKey, nonce, toUtf8(encodeEnvelope(envelope)), associated(route, offerId));
  const sealed = concat(Uint8Array.of(VERSION), offerId, nonce, content);
  if (sealed.length > MAX_SIGNAL)
    throw new RangeError(`signal: expected at most ${MAX_SIGNAL} bytes, received ${sealed.length}`);
  return sealed;
}

/** Says nothing of replays: an offer id is to be accepted once per sender. */
export function openSignal(
  crypto: Crypto,
  signalKey: Uint8Array,
  route: SignalRoute,
  sealed: Uint8Array,
): OpenResult {
  if (sealed.length < LEAST || sealed.length > MAX_SIGNAL || sealed[0] !== VERSION)
    return { type: 'unreadable' };
  const offerId = new Uint8Array(sealed.subarray(1, HEAD));
  const nonce = sealed.subarray(HEAD, HEAD + NONCE);
  const content = crypto.open(signalKey, nonce, sealed.subarray(HEAD + NONCE), associated(route, offerId));
  if (content === undefined) return { type: 'unreadable' };
  const result = parseEnvelope(fromUtf8(content) ?? '');
  return result.type === 'refused' ? result : { type: 'signal', offerId, ...result.envelope };
}

function associated({ infoHash, from, to }: SignalRoute, offerId: Uint8Array): Bytes {
  return concat(Uint8Array.of(VERSION), idBytes(infoHash), idBytes(from), idBytes(to), offerId);
}
