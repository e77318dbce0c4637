import { createHash } from 'node:crypto';

const KEY_BEGINS = 21;
const KEY_ENDS = 37;

/** In hexadecimal. */
export function infoHashIn(link: string): string {
  return Buffer.from(partsOf(link)[1], 'base64url').subarray(1, KEY_BEGINS).toString('hex');
}

/** What everything else of a private share is made of. */
export function secretIn(link: string): Buffer {
  return Buffer.from(partsOf(link)[1], 'base64url').subarray(KEY_BEGINS, KEY_ENDS);
}

/** The same share under another secret, and whole in every other way (PROTOCOL.md, section 2). */
export function withOtherKey(link: string): string {
  const [page, code] = partsOf(link);
  const body = Buffer.from(code, 'base64url').subarray(0, KEY_ENDS);
  for (let at = KEY_BEGINS; at < KEY_ENDS; at++) body[at]! ^= 0xff;
  const checksum = createHash('sha256').update(body).digest().subarray(0, 2);
  return `${page}#${Buffer.concat([body, checksum]).toString('base64url')}`;
}

/** One character of the code replaced by another that a code can have. */
export function withTypo(link: string, place: number): string {
  const [page, code] = partsOf(link);
  const other = code[place] === 'Q' ? 'R' : 'Q';
  return `${page}#${code.slice(0, place)}${other}${code.slice(place + 1)}`;
}

/** The first so many characters of the code. */
export function cutShort(link: string, characters: number): string {
  const [page, code] = partsOf(link);
  return `${page}#${code.slice(0, characters)}`;
}

function partsOf(link: string): readonly [page: string, code: string] {
  const [page = '', code = ''] = link.split('#');
  if (!/^[\w-]{52}$/.test(code)) throw new Error(`link: expected 52 characters after #, received ${link}`);
  return [page, code];
}
