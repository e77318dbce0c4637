import * as v from 'valibot';
import { type Bytes, fromBase64Url } from '../base/bytes.ts';
import { isInfoHash, isPeerId, type InfoHash, type PeerId } from '../base/ids.ts';
import { MINUTE } from '../base/time.ts';
import {
  CHECK_BYTES,
  LEAST_INTERVAL,
  MAX_ICE_SERVERS,
  MAX_MEMBERS,
  MAX_SCRAPED,
  MAX_SEALED,
  MOST_INTERVAL,
  TOKEN_BYTES,
} from './limit.ts';

const infoHash = v.custom<InfoHash>(isInfoHash, 'expected an info hash of 40 hexadecimal digits');
const peerId = v.custom<PeerId>(isPeerId, 'expected a peer id of 40 hexadecimal digits');
const count = v.pipe(v.number(), v.integer(), v.minValue(0));
const reason = v.pipe(v.string(), v.maxLength(200));

/** Empty in an open share, where anybody may take part. */
const check = v.pipe(
  v.string(),
  v.check(
    (text) => text === '' || bytesOf(text, CHECK_BYTES) !== undefined,
    `expected ${CHECK_BYTES} bytes as base64url, or nothing`,
  ),
);

const token = v.pipe(
  v.string(),
  v.rawTransform(({ dataset, addIssue, NEVER }): Bytes => {
    const bytes = bytesOf(dataset.value, TOKEN_BYTES);
    if (bytes !== undefined) return bytes;
    addIssue({ message: `expected a token of ${TOKEN_BYTES} bytes as base64url` });
    return NEVER;
  }),
);

/** A socket hands binary over as a Buffer in Node and as an ArrayBuffer in a browser. */
const sealed = v.pipe(
  v.union([v.instance(ArrayBuffer), v.instance(Uint8Array)]),
  v.check(({ byteLength }) => byteLength <= MAX_SEALED, `expected at most ${MAX_SEALED} bytes`),
  v.transform((binary): Bytes => new Uint8Array(binary)),
);

const announce = v.object({
  infoHash,
  peerId,
  token,
  event: v.picklist(['started', 'update', 'completed', 'stopped']),
  seeder: v.boolean(),
  check,
  wanted: count,
});

const member = v.object({ peerId, check, seeder: v.boolean() });

const refused = v.object({ type: v.literal('refused'), reason });

const announceReply = v.variant('type', [
  v.object({
    type: v.literal('announced'),
    members: listOf(member, MAX_MEMBERS),
    seeders: count,
    leechers: count,
    interval: v.pipe(v.number(), v.integer(), v.minValue(LEAST_INTERVAL), v.maxValue(MOST_INTERVAL)),
  }),
  v.object({ type: v.literal('id-taken') }),
  refused,
]);

const scrape = v.object({ infoHashes: listOf(infoHash, MAX_SCRAPED) });

const scrapeReply = v.variant('type', [
  v.object({
    type: v.literal('scraped'),
    swarms: listOf(v.object({ infoHash, seeders: count, leechers: count }), MAX_SCRAPED),
  }),
  refused,
]);

const signal = v.object({ infoHash, from: peerId, to: peerId, sealed });

const iceUrl = v.pipe(
  v.string(),
  v.maxLength(512),
  v.regex(/^(?:stun|turn)s?:[^\s/]+$/, 'expected a stun: or turn: address'),
);

const iceServer = v.object({
  urls: listOf(iceUrl, MAX_ICE_SERVERS),
  username: v.exactOptional(v.pipe(v.string(), v.maxLength(512))),
  credential: v.exactOptional(v.pipe(v.string(), v.maxLength(512))),
});

const ice = listOf(iceServer, MAX_ICE_SERVERS);

const hello = v.object({ version: v.literal(1), ice });

const iceUpdate = v.object({ ice });

const goodbye = v.object({ within: v.pipe(v.number(), v.minValue(0), v.maxValue(10 * MINUTE)) });

/** An announce as it travels, the token as text. */
export type AnnouncePayload = v.InferInput<typeof announce>;
/** An announce as parsed, the token as bytes. */
export type ParsedAnnounce = v.InferOutput<typeof announce>;
export type MemberPayload = v.InferOutput<typeof member>;
/** `interval` is milliseconds until the next announce. */
export type AnnounceReply = v.InferOutput<typeof announceReply>;
/** The swarms in the order asked. */
export type ScrapeReply = v.InferOutput<typeof scrapeReply>;
export type SignalPayload = v.InferOutput<typeof signal>;
/** A STUN or TURN server, in the form WebRTC takes. */
export type IceServerPayload = v.InferOutput<typeof iceServer>;
export type Hello = v.InferOutput<typeof hello>;
export type IceUpdate = v.InferOutput<typeof iceUpdate>;
/** `reason` is for people. */
export type Refused = v.InferOutput<typeof refused>;
/** `within`: milliseconds over which the clients spread their return. */
export type Goodbye = v.InferOutput<typeof goodbye>;

export type Parsed<Value> =
  | { readonly type: 'parsed'; readonly value: Value }
  /** `reason` names the field, what was expected there, and the kind of thing received. */
  | { readonly type: 'malformed'; readonly reason: string };

export const parseAnnounce = parserOf(announce);
export const parseAnnounceReply = parserOf(announceReply);
export const parseScrape = parserOf(scrape);
export const parseScrapeReply = parserOf(scrapeReply);
export const parseSignal = parserOf(signal);
export const parseHello = parserOf(hello);
export const parseIceUpdate = parserOf(iceUpdate);
export const parseGoodbye = parserOf(goodbye);

function parserOf<Schema extends v.GenericSchema>(schema: Schema) {
  return (payload: unknown): Parsed<v.InferOutput<Schema>> => {
    const result = v.safeParse(schema, payload, { abortEarly: true });
    if (result.success) return { type: 'parsed', value: result.output };
    const [issue] = result.issues;
    const reason = `${v.getDotPath(issue) ?? 'payload'}: ${issue.message}`;
    return { type: 'malformed', reason: reason.slice(0, 200) };
  };
}

/** Counts before it looks at the items, so that a long list costs nothing. */
function listOf<Item extends v.GenericSchema>(item: Item, most: number) {
  return v.pipe(v.array(v.unknown()), v.maxLength(most), v.array(item));
}

function bytesOf(text: string, length: number): Bytes | undefined {
  if (text.length !== Math.ceil((length * 4) / 3)) return undefined;
  return fromBase64Url(text);
}
