/** What the first byte of a character begins with, by how many follow it; and the least such a character may be. */
const LEADS = [0, 0xc0, 0xe0, 0xf0];
const LEAST = [0, 0x80, 0x800, 0x10000];
const MOST = 0x10ffff;
const REPLACEMENT = 0xfffd;
/** Characters put together at a time: as many arguments as any engine takes. */
const RUN = 4096;

/** Half a surrogate pair becomes U+FFFD. */
export function encodeUtf8(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(3 * text.length);
  let at = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    const code = isSurrogate(point) ? REPLACEMENT : point;
    const rest = code < 0x80 ? 0 : code < 0x800 ? 1 : code < 0x10000 ? 2 : 3;
    bytes[at++] = (LEADS[rest] ?? 0) | (code >> (6 * rest));
    for (let shift = 6 * (rest - 1); shift >= 0; shift -= 6) bytes[at++] = 0x80 | ((code >> shift) & 0x3f);
  }
  return bytes.slice(0, at);
}

/** Nothing when the bytes are not well-formed. A byte order mark is a character like any other. */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  const runs: string[] = [];
  let codes: number[] = [];
  for (let at = 0; at < bytes.length;) {
    const first = bytes[at++] ?? 0;
    const rest = followers(first);
    let code = rest === 0 ? first : first & (0x3f >> rest);
    for (let left = rest; left > 0; left--) {
      const next = bytes[at++] ?? 0;
      if (next >> 6 !== 2) return undefined;
      code = (code << 6) | (next & 0x3f);
    }
    if (code < (LEAST[rest] ?? Number.POSITIVE_INFINITY) || code > MOST || isSurrogate(code))
      return undefined;
    if (codes.push(code) < RUN) continue;
    runs.push(String.fromCodePoint(...codes));
    codes = [];
  }
  return runs.join('') + String.fromCodePoint(...codes);
}

/** Below 0 for what begins no character. */
function followers(first: number): number {
  if (first < 0x80) return 0;
  if (first < 0xc0) return -1;
  return first < 0xe0 ? 1 : first < 0xf0 ? 2 : first < 0xf8 ? 3 : -1;
}

function isSurrogate(code: number): boolean {
  return code >= 0xd800 && code < 0xe000;
}
