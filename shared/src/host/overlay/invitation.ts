import { type Bytes, concat, equal, fromBase64Url, toBase64Url } from '../../base/bytes.ts';
import type { Crypto } from '../../base/crypto.ts';
import { ID_BYTES, idBytes, type InfoHash, infoHashOf } from '../../base/ids.ts';
import { splitInviteLink } from '../../content/inviteLink.ts';
import { PUBLIC_KEY_BYTES } from '../../dht/limits.ts';
import { OFFER_ID } from '../../dht/signalPayload.ts';
import { packDescription, unpackDescription } from '../../wire/packedDescription.ts';
import type { Signal } from '../../wire/signal.ts';

/** What a code says, which people carry from one to the other. */
export interface Invitation {
  readonly type: 'invitation' | 'answer';
  /** Made by whoever invites; the answer has the same. */
  readonly offerId: Bytes;
  /** Of the node that made the code: it has to prove on the connection that this is its key. */
  readonly publicKey: Bytes;
  /** What both are to meet in, where that is meant. */
  readonly share: InfoHash | undefined;
  readonly described: Extract<Signal, { sdp: string }>;
}

export type CodeParse =
  | { readonly type: 'code'; readonly invitation: Invitation }
  | { readonly type: 'refused'; readonly reason: 'malformed' | 'mistyped' | 'unsupported' };

/** Characters of a code: few enough for a QR code that a telephone reads. */
export const MAX_CODE = 1000;

const KIND = { invitation: 1, toShare: 2, answer: 3 } as const;
const CHECKSUM = 2;
const HEAD = 1 + OFFER_ID + PUBLIC_KEY_BYTES;

/** Nothing when the description cannot be packed. */
export function formatCode(crypto: Crypto, invitation: Invitation): string | undefined {
  const { type, offerId, publicKey, share, described } = invitation;
  const packed = packDescription(described);
  if (packed === undefined) return undefined;
  const kind = type === 'answer' ? KIND.answer : share === undefined ? KIND.invitation : KIND.toShare;
  const named = kind === KIND.toShare && share !== undefined ? idBytes(share) : new Uint8Array();
  const body = concat(Uint8Array.of(kind), offerId, publicKey, named, packed);
  return toBase64Url(concat(body, checksum(crypto, body)));
}

/** Spaces and line breaks, which chats put in, do no harm, nor does the link that an invitation came with. */
export function parseCode(crypto: Crypto, text: string): CodeParse {
  const whole = text.replaceAll(/\s/g, '');
  const code = splitInviteLink(whole).code ?? whole;
  const bytes = code.length > MAX_CODE ? undefined : fromBase64Url(code);
  if (bytes === undefined || bytes.length <= HEAD + CHECKSUM) return { type: 'refused', reason: 'malformed' };
  const body = bytes.slice(0, -CHECKSUM);
  if (!equal(checksum(crypto, body), bytes.slice(-CHECKSUM))) return { type: 'refused', reason: 'mistyped' };
  const invitation = read(body);
  return invitation === undefined ? { type: 'refused', reason: 'unsupported' } : { type: 'code', invitation };
}

function read(body: Bytes): Invitation | undefined {
  const kind = body[0];
  const rest = body.slice(HEAD + (kind === KIND.toShare ? ID_BYTES : 0));
  if (kind !== KIND.invitation && kind !== KIND.toShare && kind !== KIND.answer) return undefined;
  const described = unpackDescription(kind === KIND.answer ? 'answer' : 'offer', rest);
  return (
    described && {
      type: kind === KIND.answer ? 'answer' : 'invitation',
      offerId: body.slice(1, 1 + OFFER_ID),
      publicKey: body.slice(1 + OFFER_ID, HEAD),
      share: kind === KIND.toShare ? infoHashOf(body.subarray(HEAD, HEAD + ID_BYTES)) : undefined,
      described,
    }
  );
}

function checksum(crypto: Crypto, body: Bytes): Bytes {
  return crypto.sha256(body).slice(0, CHECKSUM);
}
