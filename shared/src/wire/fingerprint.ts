/**
 * The one form in which fingerprints are compared and proven: the algorithm in lower case, a space, the bytes in
 * upper-case hexadecimal with colons, as in `sha-256 4A:AD:…` (RFC 8122). Text of another shape equals no fingerprint.
 */
export function normalFingerprint(text: string): string {
  const [algorithm = '', ...rest] = text.trim().split(/\s+/);
  return [algorithm.toLowerCase(), ...rest.map((part) => part.toUpperCase())].join(' ');
}

/** Whether the text, in whatever case, is an algorithm's name, one space, and bytes. */
export function isFingerprint(text: string): boolean {
  return /^[a-z\d-]{1,32} [\da-f]{2}(?::[\da-f]{2}){15,127}$/i.test(text);
}
