import { type Bytes, concat, equal, fromBase64Url, toBase64Url } from '../base/bytes.ts';
import type { Crypto } from '../base/crypto.ts';
import { ID_BYTES, idBytes, type InfoHash, infoHashOf } from '../base/ids.ts';
import { SECRET_BYTES } from './keys.ts';

/** What a link says. The fragment of a URL never reaches a server. */
export type ShareLink =
  | {
      readonly type: 'private';
      readonly infoHash: InfoHash;
      readonly secret: Bytes;
      readonly trackers: readonly string[];
    }
  /** For a peer that stores and serves what it cannot read. */
  | {
      readonly type: 'helper';
      readonly infoHash: InfoHash;
      readonly membership: Bytes;
      readonly trackers: readonly string[];
    };

export type LinkResult =
  | { readonly type: 'link'; readonly link: ShareLink }
  | { readonly type: 'empty' }
  /** Something else than a link, or with more behind it. */
  | { readonly type: 'malformed' }
  /** Cut off: characters of the code. */
  | { readonly type: 'truncated'; readonly expected: number; readonly received: number }
  | { readonly type: 'mistyped' }
  | { readonly type: 'unsupported'; readonly kind: number };

export interface LinkOptions {
  /** Whether the page itself is on localhost: trackers there may then do without encryption. */
  readonly allowLocalTrackers: boolean;
}

const PRIVATE = 1;
const HELPER = 2;
/** Has no key. */
const OPEN = 3;

const CHECKSUM_BYTES = 2;
const KEYED_BYTES = 1 + ID_BYTES + SECRET_BYTES + CHECKSUM_BYTES;
const OPEN_BYTES = 1 + ID_BYTES + CHECKSUM_BYTES;

/** That one link may name. */
export const MAX_TRACKERS = 5;
const MAX_TRACKER_LENGTH = 512;
const LABEL = '[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?';
const HOST = String.raw`(?<host>${LABEL}(?:\.${LABEL})*|\[[0-9a-f:.]{2,45}\])`;
const TRACKER = new RegExp(
  String.raw`^(?<scheme>wss?)://${HOST}(?::(?<port>[0-9]{1,5}))?(?:/[\w\-./~!$'()*+,;=:@%?&]*)?$`,
  'i',
);
const MAX_PORT = 65_535;
const LOCAL_HOST = /^(?:localhost|127\.0\.0\.1)$/i;

/**
 * The fragment, without the `#`: 52 characters, then the trackers.
 * @throws RangeError unless the key has 16 bytes.
 */
export function formatFragment(crypto: Crypto, link: ShareLink): string {
  const [kind, key] = link.type === 'private' ? [PRIVATE, link.secret] : [HELPER, link.membership];
  if (key.length !== SECRET_BYTES)
    throw new RangeError(`key: expected ${SECRET_BYTES} bytes, received ${key.length}`);
  const body = concat(Uint8Array.of(kind), idBytes(link.infoHash), key);
  const code = toBase64Url(concat(body, checksum(crypto, body)));
  return code + link.trackers.map((tracker) => `&tr=${encodeURIComponent(tracker)}`).join('');
}

/** Reads a fragment with or without its `#`, or a whole URL. Trackers that may not be contacted are left out. */
export function parseFragment(crypto: Crypto, text: string, options: LinkOptions): LinkResult {
  const [code = '', ...parameters] = text
    .trim()
    .replace(/^[^#]*#/, '')
    .split('&');
  if (code === '' && parameters.length === 0) return { type: 'empty' };
  if (!/^[A-Za-z0-9_-]*$/.test(code)) return { type: 'malformed' };
  const expected = charactersOf(kindOf(code) === OPEN ? OPEN_BYTES : KEYED_BYTES);
  if (code.length < expected) return { type: 'truncated', expected, received: code.length };
  if (code.length > charactersOf(KEYED_BYTES)) return { type: 'malformed' };
  const bytes = fromBase64Url(code);
  if (bytes === undefined || !isIntact(crypto, bytes)) return { type: 'mistyped' };
  return readLink(bytes, trackersIn(parameters, options));
}

function readLink(bytes: Bytes, trackers: readonly string[]): LinkResult {
  const kind = bytes[0] ?? 0;
  const infoHash = infoHashOf(bytes.subarray(1, 1 + ID_BYTES));
  const key = bytes.slice(1 + ID_BYTES, -CHECKSUM_BYTES);
  switch (kind) {
    case PRIVATE:
      return { type: 'link', link: { type: 'private', infoHash, secret: key, trackers } };
    case HELPER:
      return { type: 'link', link: { type: 'helper', infoHash, membership: key, trackers } };
    default:
      return { type: 'unsupported', kind };
  }
}

/** The first byte, when enough characters are there to tell. */
function kindOf(code: string): number | undefined {
  return fromBase64Url(code.slice(0, 4))?.[0];
}

function charactersOf(bytes: number): number {
  return Math.ceil((bytes * 4) / 3);
}

function checksum(crypto: Crypto, body: Bytes): Bytes {
  return crypto.sha256(body).slice(0, CHECKSUM_BYTES);
}

function isIntact(crypto: Crypto, bytes: Bytes): boolean {
  return equal(checksum(crypto, bytes.slice(0, -CHECKSUM_BYTES)), bytes.slice(-CHECKSUM_BYTES));
}

function trackersIn(parameters: readonly string[], options: LinkOptions): readonly string[] {
  const trackers = parameters
    .filter((parameter) => parameter.startsWith('tr='))
    .map((parameter) => decoded(parameter.slice('tr='.length)))
    .filter((tracker) => tracker !== undefined)
    .filter((tracker) => isTracker(tracker, options));
  return [...new Set(trackers)].slice(0, MAX_TRACKERS);
}

function isTracker(tracker: string, { allowLocalTrackers }: LinkOptions): boolean {
  const groups = tracker.length <= MAX_TRACKER_LENGTH ? TRACKER.exec(tracker)?.groups : undefined;
  if (groups === undefined || Number(groups['port'] ?? 0) > MAX_PORT) return false;
  const encrypted = groups['scheme']?.toLowerCase() === 'wss';
  return encrypted || (allowLocalTrackers && LOCAL_HOST.test(groups['host'] ?? ''));
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text);
  } catch {
    return undefined;
  }
}
